namespace MacSegmentation.Pools;

/// <summary>A reservation that was made, and who has addresses of it.</summary>
/// <param name="Reservation">The reservation.</param>
/// <param name="Allocations">How many of its addresses are given out.</param>
/// <param name="FirstAllocation">The lowest of them, or null.</param>
public sealed record MadeReservation(MacReservation Reservation, long Allocations, MacAllocation? FirstAllocation);
