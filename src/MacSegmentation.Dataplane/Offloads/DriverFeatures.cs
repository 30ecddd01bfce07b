using System.Runtime.InteropServices;
using System.Text;
using MacSegmentation.Adapters;

namespace MacSegmentation.Offloads;

/// <summary>A driver's features by their names in the kernel: which are in force, and setting them.</summary>
/// <param name="linux">The adapter.</param>
internal readonly unsafe struct DriverFeatures(LinuxAdapter linux)
{
    /// <summary>Name of the driver, or null if it does not say.</summary>
    internal string? Driver
    {
        get
        {
            var info = new NativeEthtool.DriverInfo { Command = NativeEthtool.GetDriver };
            return linux.TryEthtool(&info) ? Text(info.Driver, 32) : null;
        }
    }

    /// <summary>A veth's other end: its interface number, in whichever namespace that end is; or 0.</summary>
    internal int VethPeerIndex
    {
        get
        {
            int position = Strings(NativeEthtool.StatisticsSet).IndexOf("peer_ifindex");
            if (!string.Equals(Driver, "veth", StringComparison.Ordinal) || position < 0)
            {
                return 0;
            }

            int count = Strings(NativeEthtool.StatisticsSet).Count;
            byte[] memory = new byte[sizeof(NativeEthtool.BlocksHead) + (count * sizeof(ulong))];
            fixed (byte* bytes = memory)
            {
                *(NativeEthtool.BlocksHead*)bytes = new() { Command = NativeEthtool.GetStatistics, Count = (uint)count };
                return linux.TryEthtool(bytes) ? (int)((ulong*)(bytes + sizeof(NativeEthtool.BlocksHead)))[position] : 0;
            }
        }
    }

    /// <summary>Names of the features in force.</summary>
    internal IReadOnlyList<string> Active()
    {
        var names = Strings(NativeEthtool.FeaturesSet);
        int blocks = (names.Count + 31) / 32;
        byte[] memory = new byte[sizeof(NativeEthtool.BlocksHead) + (blocks * sizeof(NativeEthtool.FeatureBlock))];
        fixed (byte* bytes = memory)
        {
            *(NativeEthtool.BlocksHead*)bytes = new() { Command = NativeEthtool.GetFeatures, Count = (uint)blocks };
            if (!linux.TryEthtool(bytes))
            {
                return [];
            }

            var features = (NativeEthtool.FeatureBlock*)(bytes + sizeof(NativeEthtool.BlocksHead));
            var active = new List<string>();
            for (int i = 0; i < names.Count; i++)
            {
                if ((features[i / 32].Active >> (i % 32) & 1) != 0)
                {
                    active.Add(names[i]);
                }
            }

            return active;
        }
    }

    /// <summary>Turns features on or off. Those that the driver cannot change stay as they are.</summary>
    /// <returns>False if the driver refused the whole change, or the right is missing.</returns>
    internal bool TrySet(IReadOnlyCollection<string> features, bool on)
    {
        var names = Strings(NativeEthtool.FeaturesSet);
        int blocks = (names.Count + 31) / 32;
        byte[] memory = new byte[sizeof(NativeEthtool.BlocksHead) + (blocks * sizeof(NativeEthtool.FeatureChange))];
        fixed (byte* bytes = memory)
        {
            *(NativeEthtool.BlocksHead*)bytes = new() { Command = NativeEthtool.SetFeatures, Count = (uint)blocks };
            var changes = (NativeEthtool.FeatureChange*)(bytes + sizeof(NativeEthtool.BlocksHead));
            foreach (string feature in features)
            {
                int i = names.IndexOf(feature);
                if (i >= 0)
                {
                    changes[i / 32].Valid |= 1u << (i % 32);
                    changes[i / 32].Requested |= on ? 1u << (i % 32) : 0;
                }
            }

            return linux.TryEthtool(bytes);
        }
    }

    private List<string> Strings(uint set)
    {
        var size = new NativeEthtool.SetSize { Command = NativeEthtool.GetSetSizes, Mask = 1ul << (int)set };
        if (!linux.TryEthtool(&size) || size.Mask == 0)
        {
            return [];
        }

        byte[] memory = new byte[sizeof(NativeEthtool.StringsHead) + (size.Size * NativeEthtool.StringSize)];
        fixed (byte* bytes = memory)
        {
            *(NativeEthtool.StringsHead*)bytes = new() { Command = NativeEthtool.GetStrings, Set = set, Length = size.Size };
            if (!linux.TryEthtool(bytes))
            {
                return [];
            }

            var names = new List<string>();
            for (int i = 0; i < size.Size; i++)
            {
                names.Add(Text(bytes + sizeof(NativeEthtool.StringsHead) + (i * NativeEthtool.StringSize), NativeEthtool.StringSize));
            }

            return names;
        }
    }

    private static string Text(byte* start, int size)
    {
        var field = new ReadOnlySpan<byte>(start, size);
        int end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }
}
