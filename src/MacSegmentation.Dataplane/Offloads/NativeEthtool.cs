using System.Runtime.InteropServices;

namespace MacSegmentation.Offloads;

/// <summary>linux/ethtool.h: the commands and structures by which a driver's features are read and set.</summary>
internal static unsafe class NativeEthtool
{
    internal const uint GetDriver = 0x03;
    internal const uint GetStrings = 0x1b;
    internal const uint GetStatistics = 0x1d;
    internal const uint GetSetSizes = 0x37;
    internal const uint GetFeatures = 0x3a;
    internal const uint SetFeatures = 0x3b;

    internal const uint StatisticsSet = 1;
    internal const uint FeaturesSet = 4;
    internal const int StringSize = 32;

    /// <summary>struct ethtool_drvinfo.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 196)]
    internal struct DriverInfo
    {
        internal uint Command;
        internal fixed byte Driver[32];
    }

    /// <summary>struct ethtool_sset_info with room for one size.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct SetSize
    {
        internal uint Command;
        internal uint Reserved;
        internal ulong Mask;
        internal uint Size;
    }

    /// <summary>The head of struct ethtool_gstrings, 12 octets; the strings follow.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct StringsHead
    {
        internal uint Command;
        internal uint Set;
        internal uint Length;
    }

    /// <summary>The head of struct ethtool_gfeatures, ethtool_sfeatures and ethtool_stats, 8 octets; what it counts follows.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct BlocksHead
    {
        internal uint Command;
        internal uint Count;
    }

    /// <summary>struct ethtool_get_features_block: 32 features.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct FeatureBlock
    {
        internal uint Available;
        internal uint Requested;
        internal uint Active;
        internal uint NeverChanged;
    }

    /// <summary>struct ethtool_set_features_block.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct FeatureChange
    {
        internal uint Valid;
        internal uint Requested;
    }
}
