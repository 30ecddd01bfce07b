namespace MacSegmentation.Policies;

/// <summary>A policy that was placed among others.</summary>
/// <param name="Policy">The policy as it is now.</param>
/// <param name="Shifted">The policies that went one order up to make room for it, as they are now, ascending.</param>
public sealed record PlacedPolicy(MacPolicy Policy, IReadOnlyList<MacPolicy> Shifted);
