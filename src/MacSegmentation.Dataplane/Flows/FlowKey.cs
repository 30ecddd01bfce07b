using System.Runtime.CompilerServices;

namespace MacSegmentation.Flows;

/// <summary>
/// What a flow is known by at one port: the two ends as that port sees them, the near one behind it and the far one beyond the switch. A
/// packet that leaves the near end and the answer that comes for it have the same key, so one search finds the flow either way. The port is
/// part of the key, because one frame may go out by several ports and each admits it, or not, for itself.
/// </summary>
internal readonly record struct FlowKey
{
    private readonly ulong nearHigh;
    private readonly ulong nearLow;
    private readonly ulong farHigh;
    private readonly ulong farLow;
    private readonly ulong ends;
    private readonly ulong context;

    /// <summary>Creates a key.</summary>
    /// <param name="port">The port's number.</param>
    /// <param name="scope">What else tells flows apart: VLAN, family and protocol.</param>
    /// <param name="near">The address behind the port.</param>
    /// <param name="nearEnd">Its TCP or UDP port, or what stands for one.</param>
    /// <param name="far">The address beyond.</param>
    /// <param name="farEnd">Its TCP or UDP port, or what stands for one.</param>
    public FlowKey(uint port, uint scope, UInt128 near, uint nearEnd, UInt128 far, uint farEnd)
    {
        nearHigh = (ulong)(near >> 64);
        nearLow = (ulong)near;
        farHigh = (ulong)(far >> 64);
        farLow = (ulong)far;
        ends = ((ulong)nearEnd << 32) | farEnd;
        context = ((ulong)port << 32) | scope;
    }

    /// <summary>The port's number.</summary>
    public uint Port => (uint)(context >> 32);

    /// <summary>The far address as a number.</summary>
    public UInt128 Far => new(farHigh, farLow);

    /// <summary>The near end's port, or what stands for one.</summary>
    public uint NearEnd => (uint)(ends >> 32);

    /// <summary>The far end's port, or what stands for one.</summary>
    public uint FarEnd => (uint)ends;

    /// <summary>True if the keys are the same. Without branches, which would be taken or not by chance.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Is(in FlowKey other) =>
        ((nearHigh ^ other.nearHigh) | (nearLow ^ other.nearLow) | (farHigh ^ other.farHigh) | (farLow ^ other.farLow) | (ends ^ other.ends) | (context ^ other.context)) == 0;

    /// <summary>A hash that only who knows the seed can make collide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Hash(in FlowSeed seed)
    {
        ulong near = FlowSeed.Mix(nearHigh ^ seed.First, nearLow ^ seed.Second);
        ulong far = FlowSeed.Mix(farHigh ^ seed.Second, farLow ^ seed.Third);
        return FlowSeed.Mix(near ^ ends ^ seed.Third, far ^ context ^ seed.Fourth);
    }
}
