using MacSegmentation.Blocks;
using MacSegmentation.Handles;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Stores.Sql;

/// <summary>How values are written as numbers. What is written stays readable, whatever becomes of the types.</summary>
internal static class StoredNumbers
{
    /// <summary>A time as whole microseconds since 1970 in UTC.</summary>
    public static long FromTime(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The time, in the precision that is stored: what a change returns equals what is read later.</summary>
    public static DateTimeOffset Now(TimeProvider clock) => ToTime(FromTime(clock.GetUtcNow()));

    public static DateTimeOffset ToTime(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    public static StoredChoice<PolicyAction> Actions { get; } = new(PolicyAction.Allow, PolicyAction.Deny, PolicyAction.Drop);

    public static StoredChoice<TrafficDirection> Directions { get; } = new(TrafficDirection.Inbound, TrafficDirection.Outbound);

    public static StoredChoice<HandleState> HandleStates { get; } = new(HandleState.Held, HandleState.Released, HandleState.Recovered);

    public static StoredChoice<BlockState> BlockStates { get; } = new(BlockState.Active, BlockState.Recalled, BlockState.Closed);
}
