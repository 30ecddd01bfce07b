using MacSegmentation.Handles;
using MacSegmentation.Policies;
using MacSegmentation.Providers;
using MacSegmentation.SecurityGroups;

namespace MacSegmentation.Stores.Sql;

/// <summary>How values are written as numbers. What is written stays readable, whatever becomes of the types.</summary>
internal static class StoredNumbers
{
    /// <summary>A time as whole microseconds since 1970 in UTC.</summary>
    public static long FromTime(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The time, in the precision that is stored: what a change returns equals what is read later.</summary>
    public static DateTimeOffset Now(TimeProvider clock) => ToTime(FromTime(clock.GetUtcNow()));

    public static DateTimeOffset ToTime(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    public static long FromAction(PolicyAction action) => action switch
    {
        PolicyAction.Allow => 0,
        PolicyAction.Deny => 1,
        PolicyAction.Drop => 2,
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "No such action."),
    };

    public static PolicyAction ToAction(long number) => number switch
    {
        0 => PolicyAction.Allow,
        1 => PolicyAction.Deny,
        2 => PolicyAction.Drop,
        _ => throw new ArgumentOutOfRangeException(nameof(number), number, "No such action."),
    };

    public static long FromDirection(TrafficDirection direction) => direction switch
    {
        TrafficDirection.Inbound => 0,
        TrafficDirection.Outbound => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(direction), direction, "No such direction."),
    };

    public static TrafficDirection ToDirection(long number) => number switch
    {
        0 => TrafficDirection.Inbound,
        1 => TrafficDirection.Outbound,
        _ => throw new ArgumentOutOfRangeException(nameof(number), number, "No such direction."),
    };

    public static long FromHandleState(HandleState state) => state switch
    {
        HandleState.Held => 0,
        HandleState.Released => 1,
        HandleState.Recovered => 2,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };

    public static HandleState ToHandleState(long number) => number switch
    {
        0 => HandleState.Held,
        1 => HandleState.Released,
        2 => HandleState.Recovered,
        _ => throw new ArgumentOutOfRangeException(nameof(number), number, "No such state."),
    };

    public static long FromBlockState(BlockState state) => state switch
    {
        BlockState.Active => 0,
        BlockState.Recalled => 1,
        BlockState.Closed => 2,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };

    public static BlockState ToBlockState(long number) => number switch
    {
        0 => BlockState.Active,
        1 => BlockState.Recalled,
        2 => BlockState.Closed,
        _ => throw new ArgumentOutOfRangeException(nameof(number), number, "No such state."),
    };
}
