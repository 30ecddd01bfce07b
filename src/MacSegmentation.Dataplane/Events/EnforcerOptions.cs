using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MacSegmentation.Events;

/// <summary>How an enforcer reports.</summary>
public sealed record EnforcerOptions
{
    /// <summary>Denial events for each policy (or VLAN that denies by default), direction and second, at least 1; more are counted and told as one number.</summary>
    public int DenialEventsPerSecond { get; init; } = 10;

    /// <summary>Events that wait for a reader at most, at least 1; more are counted as lost.</summary>
    public int EventCapacity { get; init; } = 4096;

    /// <summary>What the draws of vNIC profiles (losses, delays) follow from, so that a run can be repeated; null for another one each time.</summary>
    public long? Seed { get; init; }

    /// <summary>The clock for times, ages and rates.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The seed that was given, or one that nobody knows.</summary>
    internal ulong DrawSeed() => Seed is { } seed ? (ulong)seed : MemoryMarshal.Read<ulong>(RandomNumberGenerator.GetBytes(sizeof(ulong)));
}
