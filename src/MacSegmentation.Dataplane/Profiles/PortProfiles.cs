using System.Collections.Immutable;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Queues;
using MacSegmentation.Stores;

namespace MacSegmentation.Profiles;

/// <summary>Which profile each port has at a time, by one configuration: what its record or its route says, changed by scenarios and schedules. It is immutable.</summary>
internal sealed class PortProfiles
{
    private readonly ImmutableArray<MacProfile> profiles = [];
    private readonly ImmutableArray<MacSession> sessions = [];
    private readonly ImmutableArray<InstanceSchedule> schedules = [];
    private readonly Dictionary<string, MacProfile> byName = [];
    private readonly ProfileTimetable timetable = new([], []);
    private readonly ProfileUse[] uses;
    private readonly IReadOnlyList<MacInterface?> records;

    /// <summary>Of no configuration: no port has a profile.</summary>
    public PortProfiles(ProfileUse[] uses) => (this.uses, records) = (uses, new MacInterface?[uses.Length]);

    private PortProfiles(ProfileUse[] uses, ConfigurationSnapshot snapshot, IReadOnlyList<MacInterface?> records, PortProfiles before)
    {
        (this.uses, this.records) = (uses, records);
        (profiles, sessions, schedules) = (snapshot.Of<MacProfile>(), snapshot.Of<MacSession>(), snapshot.Of<InstanceSchedule>());
        byName = profiles == before.profiles ? before.byName : profiles.ToDictionary(profile => profile.Name, StringComparer.OrdinalIgnoreCase);
        timetable = sessions == before.sessions && schedules == before.schedules ? before.timetable : new ProfileTimetable(sessions, schedules);
    }

    /// <summary>The same ports by the next configuration.</summary>
    public PortProfiles With(ConfigurationSnapshot snapshot, IReadOnlyList<MacInterface?> next) => new(uses, snapshot, next, this);

    /// <summary>True if nothing is said otherwise.</summary>
    public bool IsSameAs(PortProfiles other) =>
        profiles == other.profiles && sessions == other.sessions && schedules == other.schedules && records.SequenceEqual(other.records, ReferenceEqualityComparer.Instance);

    /// <summary>What each port has now.</summary>
    public PortProfile[] At(QueueClock clock)
    {
        var (time, now) = (clock.UtcNow, clock.Now);
        return [.. uses.Select((use, port) => At(use, records[port], time, now, clock))];
    }

    private PortProfile At(ProfileUse use, MacInterface? record, DateTimeOffset time, long now, QueueClock clock)
    {
        if (!use.IsAny)
        {
            return new PortProfile(Profile: null, Cause: null, IsPaused: false, long.MaxValue);
        }

        if (use.Scenario is { } scenario)
        {
            var (step, next) = scenario.At(instance: null, TimeSpan.FromTicks((now - clock.Start) / TimeSpan.NanosecondsPerTick));
            var (named, isOwn) = step < 0 ? (null, true) : MacScenario.Resolve(scenario.Steps[step].Profile);
            long due = next is { } after ? clock.Start + (after.Ticks * TimeSpan.NanosecondsPerTick) : long.MaxValue;
            return new PortProfile(Find(isOwn ? use.Name : named), step < 0 ? null : $"scenario {scenario.Name}, step {step + 1}", IsPaused: false, due);
        }

        if (record is null || use.Name is not null)
        {
            return new PortProfile(Find(use.NameWith(record)), Cause: null, IsPaused: false, long.MaxValue);
        }

        // A calendar may be set: what goes by it is looked at again each second.
        var own = timetable.At(record.InterfaceId, record.Name, record.Session, record.Profile, time);
        long change = own.Next is not { } at ? long.MaxValue : now + (Math.Min((at - time).Ticks, TimeSpan.TicksPerSecond) * TimeSpan.NanosecondsPerTick);
        return new PortProfile(Find(own.Profile), own.Cause, timetable.IsSuspended(record.Session), change);
    }

    private MacProfile? Find(string? name) => name is null ? null : byName.GetValueOrDefault(name);
}
