using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MacSegmentation.Emulation;
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
    private readonly ulong seed;
    private readonly FrameBuffers buffers = new();
    private readonly FrameMarker marker = new();
    private MacProfile?[] active;
    private ImmutableArray<MacProfile> known = [];
    private Dictionary<string, MacProfile> byName = [];

    /// <summary>True while a port has a link that its profile does not ask for any more.</summary>
    private bool hasRetired;

    /// <summary>Creates the stage; no port has a profile yet.</summary>
    /// <param name="ports">The ports.</param>
    /// <param name="uses">Where each has its profile from.</param>
    /// <param name="clock">What their queues go by.</param>
    /// <param name="seed">What all draws follow from.</param>
    public ProfileStage(SwitchPort[] ports, ProfileUse[] uses, QueueClock clock, ulong seed)
    {
        this.ports = ports;
        this.uses = uses;
        this.clock = clock;
        this.seed = seed;
        active = new MacProfile?[ports.Length];
    }

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
        var profiles = next.Snapshot.Of<MacProfile>();
        var named = profiles == known ? byName : profiles.ToDictionary(profile => profile.Name, StringComparer.OrdinalIgnoreCase);
        MacProfile?[] chosen = [.. ports.Select((_, port) => uses[port].NameWith(next.Records[port]) is { } name ? named.GetValueOrDefault(name) : null)];
        int[] changed = [.. Enumerable.Range(0, ports.Length).Where(port => chosen[port] != active[port])];
        return profiles == known && changed.Length == 0 ? null : () =>
        {
            (known, byName, active) = (profiles, named, chosen);
            foreach (int port in changed)
            {
                Use(port, chosen[port]);
            }
        };
    }

    public override void Sweep(long now)
    {
        if (hasRetired)
        {
            Retire();
        }
    }

    private void Use(int index, MacProfile? profile)
    {
        var (port, use) = (ports[index], uses[index]);
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

            port.FromInstance?.Emulator.Use(link, scheduling, marksCongestion, clock.Now);
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
            port.ToInstance?.Emulator.Use(link, scheduling, marksCongestion, clock.Now);
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
            if (port.FromInstance is { IsIdle: true } && (active[i]?.Egress ?? LinkProfile.None).IsNothing)
            {
                port.SetFromInstance(null);
            }

            if (port.ToInstance is { IsIdle: true } && (active[i]?.Ingress ?? LinkProfile.None).IsNothing && !port.MarksToInstance)
            {
                port.SetToInstance(null);
            }

            hasRetired |= (port.FromInstance is not null && (active[i]?.Egress ?? LinkProfile.None).IsNothing)
                || (port.ToInstance is not null && !port.MarksToInstance && (active[i]?.Ingress ?? LinkProfile.None).IsNothing);
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
