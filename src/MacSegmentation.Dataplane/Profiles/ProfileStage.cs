using System.Runtime.CompilerServices;
using MacSegmentation.Emulation;
using MacSegmentation.Events;
using MacSegmentation.Flows;
using MacSegmentation.Frames;
using MacSegmentation.Marking;
using MacSegmentation.Pipeline;
using MacSegmentation.Ports;
using MacSegmentation.Queues;

namespace MacSegmentation.Profiles;

/// <summary>
/// Gives ports the network character of their vNIC profiles: their queues, before the frames, and their marks, here. A port without a profile costs one look.
/// </summary>
/// <remarks>Frames are marked when they leave the ingress queue: while they wait they are told apart as their machine marked them.</remarks>
internal sealed class ProfileStage : FrameStage
{
    private readonly SwitchPort[] ports;
    private readonly ProfileUse[] uses;
    private readonly QueueClock clock;
    private readonly EnforcerEventQueue events;
    private readonly ulong seed;
    private readonly FrameBuffers buffers = new();
    private readonly FrameMarker marker = new();
    private readonly TraceClock[] fromTraces;
    private readonly TraceClock[] toTraces;
    private PortProfiles profiles;
    private PortProfile[] active;
    private long nextChange = long.MaxValue;

    /// <summary>True while a port has a link that its profile does not ask for any more.</summary>
    private bool hasRetired;

    /// <summary>Creates the stage; no port has a profile yet.</summary>
    /// <param name="ports">The ports.</param>
    /// <param name="uses">Where each has its profile from.</param>
    /// <param name="clock">What their queues go by.</param>
    /// <param name="events">Who is told what time has changed.</param>
    /// <param name="seed">What all draws follow from.</param>
    public ProfileStage(SwitchPort[] ports, ProfileUse[] uses, QueueClock clock, EnforcerEventQueue events, ulong seed)
    {
        this.ports = ports;
        this.uses = uses;
        this.clock = clock;
        this.events = events;
        this.seed = seed;
        profiles = new PortProfiles(uses);
        active = new PortProfile[ports.Length];
        fromTraces = new TraceClock[ports.Length];
        toTraces = new TraceClock[ports.Length];
    }

    /// <summary>When a port's profile may be another one by time alone, by the clock of queues; from any thread.</summary>
    public long NextChange => Volatile.Read(ref nextChange);

    public override string Name => "Profile";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Judge(ref FrameContext frame)
    {
        if (frame.Port.Marking is { } marking)
        {
            Mark(ref frame, marking);
        }

        return true;
    }

    public override Action? Prepare(EnforcerTables next)
    {
        var prepared = profiles.With(next.Snapshot, next.Records);
        if (prepared.IsSameAs(profiles))
        {
            return null;
        }

        var chosen = prepared.At(clock);
        return () =>
        {
            profiles = prepared;
            TakeAll(chosen);
        };
    }

    /// <summary>Has ports have the profiles that they have by time now. The caller has the switch's turn.</summary>
    public void ChangeDue()
    {
        bool begins = Volatile.Read(ref nextChange) == long.MinValue;
        if (begins && !clock.HasBegun)
        {
            return;
        }

        for (int port = 0; begins && port < ports.Length; port++)
        {
            // What was prepared before any frame began at no time.
            fromTraces[port].Restart();
            toTraces[port].Restart();
            Use(port, active[port]);
        }

        TakeAll(profiles.At(clock));
    }

    /// <summary>The name of the profile that a port has now; null for none.</summary>
    public string? NameOf(int port) => active[port].Profile?.Name;

    public override void Sweep(long now)
    {
        if (hasRetired)
        {
            Retire();
        }
    }

    private void TakeAll(PortProfile[] chosen)
    {
        long next = clock.HasBegun ? long.MaxValue : long.MinValue;
        for (int port = 0; port < ports.Length; port++)
        {
            var (before, after) = (active[port], chosen[port]);
            active[port] = after;
            next = Math.Min(next, after.Next);
            if (after.Profile != before.Profile || after.IsPaused != before.IsPaused)
            {
                Use(port, after);
                if (after.Cause is not null || before.Cause is not null)
                {
                    Tell(port, after, before.Cause);
                }
            }
        }

        Volatile.Write(ref nextChange, next);
    }

    private void Tell(int port, PortProfile profile, string? causeBefore)
    {
        string who = ports[port].Record?.Name ?? ports[port].Name;
        events.Publish(new MacEnforcerEvent
        {
            Time = clock.UtcNow,
            Kind = EnforcerEventKind.ProfileScheduled,
            Port = ports[port].Name,
            Interface = ports[port].Record?.Name,
            Detail = $"{who} has {(profile.Profile is { } has ? $"the profile '{has.Name}'" : "no profile")}: {profile.Cause ?? $"{causeBefore} is over"}.",
        });
    }

    private void Use(int index, PortProfile chosen)
    {
        var (port, use, profile) = (ports[index], uses[index], chosen.Profile);
        long now = clock.Now;
        bool marksCongestion = profile?.AllowEcn != false;
        var scheduling = profile?.SchedulingClass ?? SchedulingClass.FirstIn;
        if (use.HasFromInstance)
        {
            port.Marking = profile is null ? null : FrameMarking.FromInstance(profile);
            var link = profile?.Egress ?? LinkProfile.None;
            if (!link.IsNothing && port.IngressQueue is null)
            {
                port.SetFromInstance(new EmulatedLink(SeedOf(index, isFrom: true), clock, buffers));
            }

            long began = fromTraces[index].Use(link.Trace, chosen.IsPaused, now);
            port.FromInstance?.Emulator.Use(link, scheduling, marksCongestion, now, began);
            hasRetired |= link.IsNothing && port.FromInstance is not null;
        }

        if (use.HasToInstance)
        {
            var marking = profile is null ? null : FrameMarking.ToInstance(profile);
            var link = profile?.Ingress ?? LinkProfile.None;
            if ((!link.IsNothing || marking is not null) && port.EgressQueue is null)
            {
                port.SetToInstance(new EmulatedLink(SeedOf(index, isFrom: false), clock, buffers));
            }

            port.MarkToInstance(marking);
            long began = toTraces[index].Use(link.Trace, chosen.IsPaused, now);
            port.ToInstance?.Emulator.Use(link, scheduling, marksCongestion, now, began);
            hasRetired |= link.IsNothing && marking is null && port.ToInstance is not null;
        }
    }

    /// <summary>What a profile does not ask for any more goes when the last frame has left that waited in it.</summary>
    private void Retire()
    {
        hasRetired = false;
        for (int i = 0; i < ports.Length; i++)
        {
            var port = ports[i];
            if (port.FromInstance is { IsIdle: true } && (active[i].Profile?.Egress ?? LinkProfile.None).IsNothing)
            {
                port.SetFromInstance(null);
            }

            if (port.ToInstance is { IsIdle: true } && (active[i].Profile?.Ingress ?? LinkProfile.None).IsNothing && !port.MarksToInstance)
            {
                port.SetToInstance(null);
            }

            hasRetired |= (port.FromInstance is not null && (active[i].Profile?.Egress ?? LinkProfile.None).IsNothing)
                || (port.ToInstance is not null && !port.MarksToInstance && (active[i].Profile?.Ingress ?? LinkProfile.None).IsNothing);
        }
    }

    private ulong SeedOf(int port, bool isFrom) => FlowSeed.From(seed + ((ulong)port * 2) + (isFrom ? 1UL : 0UL)).First;

    private void Mark(ref FrameContext frame, FrameMarking marking)
    {
        // What a port with QinQ takes in as it is belongs to another network, tags included.
        int length = frame.Bytes.Length;
        bool isTunnel = frame.Port.Vlans.IsTunnel;
        frame.Bytes = marker.Mark(frame.Bytes, frame.OriginalLength, isTunnel && marking.Priority is not null ? marking with { Priority = null } : marking);
        if (frame.Bytes.Length != length)
        {
            frame.OriginalLength += frame.Bytes.Length - length;
            FrameHeader.TryRead(frame.Bytes, frame.Header.VlanId, out frame.Header);
        }

        PacketHeader.Read(frame.Bytes, frame.OriginalLength, out frame.Packet);
    }
}
