using System.Collections.Frozen;

namespace MacSegmentation.NetworkSessions;

/// <summary>
/// Which profile the ports of instances have at a time, by the scenarios of their sessions and their own schedules: the same for who runs a port and for who is asked. A schedule of its own
/// counts more than a scenario; both count more than what the record says. A session that is suspended has neither.
/// </summary>
/// <param name="sessions">The sessions.</param>
/// <param name="schedules">The schedules of instances.</param>
public sealed class ProfileTimetable(IEnumerable<MacSession> sessions, IEnumerable<InstanceSchedule> schedules)
{
    private readonly FrozenDictionary<string, MacSession> sessionOf = sessions.Where(session => session.Scenario is not null || session.State == SessionState.Suspended)
        .ToFrozenDictionary(session => session.Name, StringComparer.OrdinalIgnoreCase);

    private readonly FrozenDictionary<long, ProfileSchedule> scheduleOf = schedules.ToFrozenDictionary(own => own.InterfaceId, own => own.Schedule);

    /// <summary>True if nothing is ever changed by time.</summary>
    public bool IsEmpty => scheduleOf.Count == 0 && sessionOf.Values.All(session => session.Scenario is null);

    /// <summary>True if a record's session is suspended.</summary>
    /// <param name="session">The record's session, or null.</param>
    public bool IsSuspended(string? session) => session is not null && sessionOf.GetValueOrDefault(session) is { State: SessionState.Suspended };

    /// <summary>What an instance's port has at a time.</summary>
    /// <param name="interfaceId">The number of its interface record.</param>
    /// <param name="instance">Its name.</param>
    /// <param name="session">Its session, or null.</param>
    /// <param name="profile">What its record says.</param>
    /// <param name="time">The time.</param>
    public ScheduledProfile At(long interfaceId, string instance, string? session, string? profile, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(instance);
        if (IsSuspended(session))
        {
            return new ScheduledProfile(profile, Cause: null, Next: null);
        }

        var (found, next) = (default(ScheduledProfile?), default(DateTimeOffset?));
        if (scheduleOf.GetValueOrDefault(interfaceId) is { } schedule)
        {
            (bool holds, next) = schedule.Look(time);
            found = holds ? new ScheduledProfile(MacScenario.Resolve(schedule.Profile).Profile, $"its schedule, {schedule}", Next: null) : null;
        }

        if (session is not null && sessionOf.GetValueOrDefault(session) is { Scenario: { } scenario, ScenarioStartedAt: { } began })
        {
            var (step, after) = scenario.At(instance, time < began ? TimeSpan.Zero : time - began);
            var ofStep = began + after;
            next = next is null || ofStep < next ? ofStep ?? next : next;
            if (found is null && step >= 0)
            {
                var (named, isOwn) = MacScenario.Resolve(scenario.Steps[step].Profile);
                found = new ScheduledProfile(isOwn ? profile : named, $"scenario {scenario.Name}, step {step + 1}", Next: null);
            }
        }

        return (found ?? new ScheduledProfile(profile, Cause: null, Next: null)) with { Next = next };
    }
}
