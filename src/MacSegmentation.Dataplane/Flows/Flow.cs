using System.Runtime.InteropServices;

namespace MacSegmentation.Flows;

/// <summary>A place of a <see cref="FlowTable"/>.</summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
internal struct Flow
{
    /// <summary>Its octets: one line of the processor's cache.</summary>
    public const int Size = 64;

    /// <summary>What the flow is known by.</summary>
    public FlowKey Key;

    /// <summary>When it is forgotten, in nanoseconds; never in a free place.</summary>
    public long Expires;

    /// <summary>Number of the tables that last admitted it, or withdrew it.</summary>
    public uint Epoch;

    /// <summary>How far it has come.</summary>
    public FlowState State;

    /// <summary>True if its first packet came from the near end.</summary>
    public bool BeganOutbound;
}
