using MacSegmentation.Addressing;
using MacSegmentation.Handles;

namespace MacSegmentation.Dhcpv6;

/// <summary>What a server gave a client.</summary>
/// <param name="ServerId">The server.</param>
/// <param name="Range">The addresses.</param>
/// <param name="ValidLifetime">Seconds for which they are valid; <see cref="LinkLayerBlock.Infinity"/> for ever.</param>
/// <param name="T1">Seconds until the client asks that server again; likewise, 0 if it is left to the client.</param>
/// <param name="T2">Seconds until the client asks any server; likewise.</param>
public sealed record Dhcpv6Binding(Duid ServerId, MacRange Range, uint ValidLifetime, uint T1, uint T2)
{
    /// <summary>The addresses as a provider service answers them: one for each, with the server in the provider's place. The VLAN is the server's matter and not told: it is 0.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="iaid">The association.</param>
    /// <param name="wanted">Number of addresses that were asked for.</param>
    /// <param name="now">When they were given.</param>
    public IReadOnlyList<MacAssignment> ToAssignments(Duid clientId, uint iaid, long wanted, DateTimeOffset now)
    {
        var handle = clientId.ToHandle(iaid);
        string[] notices =
        [
            .. Range.Count == wanted ? (string[])[] : [$"{wanted} addresses were asked for, and {Range.Count} are here."],
            .. ValidLifetime == LinkLayerBlock.Infinity ? (string[])[] : [$"Valid for {ValidLifetime} s: ask again after {T1} s."],
        ];
        return
        [
            .. Enumerable.Range(0, checked((int)Range.Count)).Select(place => new MacAssignment
            {
                Handle = HandleRun.Member(handle, place).Text,
                VlanId = 0,
                MacAddress = new MacAddress(Range.First.Value + (ulong)place),
                Outcome = AssignmentOutcome.New,
                Provider = $"duid:{ServerId}",
                AssignedAt = now,
                Notice = place == 0 ? string.Join(' ', notices) : string.Empty,
            }),
        ];
    }
}
