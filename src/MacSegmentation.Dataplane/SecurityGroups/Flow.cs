using System.Runtime.InteropServices;

namespace MacSegmentation.SecurityGroups;

/// <summary>A place of a <see cref="FlowTable"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Flow
{
    /// <summary>What the flow is known by.</summary>
    public FlowKey Key;

    /// <summary>When it is forgotten, in nanoseconds; never in a free place.</summary>
    public long Expires;

    /// <summary>Number of the tables that last admitted it, or withdrew it.</summary>
    public long Epoch;

    /// <summary>The next place with the same bucket, or the next free place; −1 at the end.</summary>
    public int Next;

    /// <summary>How far it has come.</summary>
    public FlowState State;

    /// <summary>True if its first packet came from the near end.</summary>
    public bool BeganOutbound;
}
