using MacSegmentation.Addressing;

namespace MacSegmentation.Dhcpv6;

/// <summary>What a server gave a client.</summary>
/// <param name="ServerId">The server.</param>
/// <param name="Range">The addresses.</param>
/// <param name="ValidLifetime">Seconds for which they are valid; <see cref="LinkLayerBlock.Infinity"/> for ever.</param>
/// <param name="T1">Seconds until the client asks that server again; likewise, 0 if it is left to the client.</param>
/// <param name="T2">Seconds until the client asks any server; likewise.</param>
public sealed record Dhcpv6Binding(Duid ServerId, MacRange Range, uint ValidLifetime, uint T1, uint T2);
