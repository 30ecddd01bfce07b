using MacSegmentation.Addressing;

namespace MacSegmentation.Handles;

/// <summary>What a device asks for that wants consecutive addresses.</summary>
public sealed record RunRequest
{
    /// <summary>The handle of the first address. The others have the same with their place behind a slash: <c>/1</c>, <c>/2</c> and so on.</summary>
    public required DeviceHandle Handle { get; init; }

    /// <summary>The VLAN, 1 to 4094.</summary>
    public required int VlanId { get; init; }

    /// <summary>Number of addresses, 1 to <see cref="HandleRun.MaxCount"/>. Fewer are given where there is no such run.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The first address that it would like; another is given where that cannot be had.</summary>
    public MacAddress? RequestedAddress { get; init; }

    /// <summary>The quadrants of local addresses that will do, the best first (RFC 8948); none for any address of the pool.</summary>
    public IReadOnlyList<SlapQuadrant> Quadrants { get; init; } = [];

    /// <summary>On whose behalf; an administrator's if nothing else is said.</summary>
    public HandleParty Party { get; init; } = HandleParty.Administrator;
}
