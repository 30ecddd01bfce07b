using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Forwarding;
using MacSegmentation.Frames;
using MacSegmentation.Ingress;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Ownership;
using MacSegmentation.Pipeline;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.StormControl;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Switch.Lookup;

/// <summary>
/// A switch as its description tells it, plain and slow: no table is compiled, every question is answered by looking through all records. It
/// judges frames in words and never reads an octet.
/// </summary>
internal sealed class PlainSwitch(IReadOnlyList<SwitchPortSettings> ports, SwitchOptions options)
{
    private readonly PlainLinks links = new();
    private readonly HashSet<SwitchPortSettings> down = [];
    private readonly PlainMemory memory = new(ports, options);
    private readonly Dictionary<SwitchPortSettings, (int Second, int Used)> storms = [];
    private ConfigurationSnapshot snapshot = TestBridge.Snapshot();
    private PlainRecords records = new(TestBridge.Snapshot(), ports);

    public IEnumerable<string> Owners => memory.Owners;

    public void Use(ConfigurationSnapshot next)
    {
        var before = records;
        snapshot = next;
        records = new PlainRecords(next, ports);
        memory.Change(before, records);

        // Who was behind a port is not there any more if it carries another VLAN.
        foreach (var port in ports.Where(port => port.MacInterface is not null && before.Of(port)?.VlanId != records.Of(port)?.VlanId))
        {
            links.PortDown(port);
        }
    }

    public void PortDown(string port)
    {
        memory.PortDown(PortOf(port));
        links.PortDown(PortOf(port));
        down.Add(PortOf(port));
    }

    public PlainVerdict Pass(string name, SentFrame frame, int now)
    {
        var port = PortOf(name);
        if (Refuse(port, frame, out int vlan) is { } unfit)
        {
            return PlainVerdict.Dropped(unfit);
        }

        bool isHolders = false;
        if (records.Of(port) is not { PortSecurity: true } && !HasInner(frame.Tags) && frame.Payload is SentNeighbor told && PlainSecurity.IsValid(told))
        {
            string shown = told.Type == SentNeighbor.Advertisement || told.From is "::" ? told.Target : told.From;
            _ = PlainSecurity.IsOfLink(shown) && !IsOfRecord(vlan, shown, null) && links.TryShow(vlan, shown, port, frame.Source, isHeld: false);
        }

        if (records.Of(port) is { } record
            && PlainSecurity.Judge(
                record,
                frame,
                (address, mac) => !IsOfRecord(vlan, address, record) && links.TryShow(vlan, address, port, mac, isHeld: true),
                (address, mac) => links.Has(vlan, address, port, mac)) is { } violation
            && !(isHolders = IsHoldersOwn(record, port, vlan, frame)))
        {
            return PlainVerdict.Denied(violation);
        }

        bool isUnbelieved = !HasInner(frame.Tags) && frame.Payload is SentNeighbor message && !PlainSecurity.IsValid(message);
        if (memory.Learn(records, port, vlan, isHolders || isUnbelieved || HasInner(frame.Tags) ? frame with { Payload = new SentNothing() } : frame, now) is { } misplaced)
        {
            return PlainVerdict.Denied(misplaced);
        }

        if (isUnbelieved)
        {
            return PlainVerdict.Denied(PacketReasons.NeighborDiscoveryNotAllowed);
        }

        var (action, reason) = Decide(vlan, frame.Source, frame.Destination);
        if (action != PolicyAction.Allow)
        {
            return new PlainVerdict(action, reason);
        }

        if (frame.Destination.IsGroup && !HasInner(frame.Tags) && Answer(port, vlan, frame) is { } answer)
        {
            return new PlainVerdict(PolicyAction.Allow, ResponderStage.Answered, (port.Adapter, Leaving(port, vlan, frame.Tags, answer)));
        }

        var to = Find(port, vlan, frame.Destination, now, out var refusal);
        if (refusal is { } stopped)
        {
            return stopped;
        }

        var carrying = to.Where(other => other != port && Carries(other, vlan)).ToArray();
        var left = carrying.Where(other => vlan != UntaggedVlan(other) || !HasInner(frame.Tags)).Select(other => (other.Adapter, Leaving(other, vlan, frame.Tags, frame with { Tags = [] }))).ToArray();
        return left.Length > 0 ? new PlainVerdict(action, reason, left) : PlainVerdict.Dropped(carrying.Length > 0 ? SendStage.InnerTag : LookupStage.NoDestination);
    }

    /// <summary>Who has shown to hold an address may send from it with the own MAC address too.</summary>
    private bool IsHoldersOwn(MacInterface record, SwitchPortSettings port, int vlan, SentFrame frame)
    {
        string? address = frame.Payload switch
        {
            SentDatagram datagram => datagram.From,
            SentArp arp when arp.SenderMac == frame.Source => arp.Sender,
            _ => null,
        };
        return frame.Source == record.MacAddress && address is not null && memory.OwnerOf(vlan, address)?.Port == port;
    }

    /// <summary>True if the address follows from a MAC address of a record, but for the port's own.</summary>
    private bool IsOfRecord(int vlan, string address, MacInterface? own) => snapshot.Interfaces
        .Where(other => other.VlanId == vlan)
        .SelectMany(PlainRecords.Macs)
        .Any(mac => PlainSecurity.Follows(address, mac) && (own is null || !PlainRecords.Macs(own).Contains(mac)));

    private static bool IsAccess(SwitchPortSettings port) => port.MacInterface is not null || (!port.IsUplink && port.Vlans.Count == 1 && port.NativeVlan is null);

    private SwitchPortSettings PortOf(string name) => ports.Single(port => string.Equals(port.Adapter, name, StringComparison.Ordinal));

    private int? UntaggedVlan(SwitchPortSettings port) => port.MacInterface is not null ? records.Of(port)?.VlanId : IsAccess(port) ? port.Vlans[0] : port.NativeVlan;

    private bool Carries(SwitchPortSettings port, int vlan) =>
        vlan == UntaggedVlan(port) || port.Vlans.Contains(vlan) || (port.IsUplink && port.Vlans.Count == 0 && vlan is > 0 and < 4095);

    private VerdictReason? Refuse(SwitchPortSettings port, SentFrame frame, out int vlan)
    {
        vlan = frame.Tags.Select(tag => tag.Vlan).FirstOrDefault(named => named != 0, UntaggedVlan(port) ?? 0);
        bool isTagged = frame.Tags.Length > 1 || (frame.Tags.Length == 1 && frame.Tags[0].Vlan != 0);
        return frame.IsCut ? ReceiveStage.Malformed
            : port.MacInterface is not null && records.Of(port) is null ? ReceiveStage.InterfaceRemoved
            : !Carries(port, vlan) || (IsAccess(port) && isTagged) ? ReceiveStage.VlanNotAllowed
            : frame.Source.IsGroup ? ReceiveStage.GroupAddressAsSource
            : frame.Destination.Value >> 4 == 0x0180_C200_000 && !options.ForwardLinkLocal ? ReceiveStage.LinkLocalControl
            : null;
    }

    private (PolicyAction Action, VerdictReason Reason) Decide(int vlan, MacAddress source, MacAddress destination)
    {
        if (snapshot.Vlans.FirstOrDefault(one => one.VlanId == vlan) is not { } policies)
        {
            return (PolicyAction.Allow, VerdictReason.UnknownVlan);
        }

        int at = policies.FindByWalk(source, destination);
        return at < 0 ? (policies.DefaultAction, VerdictReason.DefaultAction) : (policies.Policies[at].Action, VerdictReason.Policy);
    }

    /// <summary>The ports that a frame is for.</summary>
    private IEnumerable<SwitchPortSettings> Find(SwitchPortSettings port, int vlan, MacAddress destination, int now, out PlainVerdict? refusal)
    {
        refusal = null;
        if (destination.IsGroup)
        {
            refusal = destination.IsBroadcast ? LimitStorm(port, now) : null;
            return ports;
        }

        var having = records.With(vlan, destination);
        var at = having is [var only] && records.PortOf(only) is { } own ? own : memory.Find(records, vlan, destination, now);
        if (at is not null)
        {
            refusal = at == port ? PlainVerdict.Dropped(LookupStage.SamePort) : null;
            return [at];
        }

        // Nobody has shown to hold it: all that may, each behind its port or the uplinks.
        if (having.Any(record => records.PortOf(record) is not null))
        {
            return ports.Where(other => records.AreBehind(having, other));
        }

        refusal = LimitStorm(port, now);
        return options.FloodUnknownUnicast && having.Length == 0 ? ports : ports.Where(other => other.IsUplink);
    }

    private PlainVerdict? LimitStorm(SwitchPortSettings port, int now)
    {
        var storm = storms.GetValueOrDefault(port);
        int used = storm.Second == now ? storm.Used : 0;
        storms[port] = (now, used + 1);
        return port.StormLimit > 0 && used >= port.StormLimit ? PlainVerdict.Denied(StormControlStage.StormLimit) : null;
    }

    /// <summary>The answer to a question for an address, without tags: a fixed address of one interface, or one whose owner has shown.</summary>
    private SentFrame? Answer(SwitchPortSettings asker, int vlan, SentFrame question)
    {
        string? target = question.Payload switch
        {
            SentArp { Operation: 1 } arp when !string.Equals(arp.Sender, arp.Target, StringComparison.Ordinal) => arp.Target,
            SentNeighbor { Type: SentNeighbor.Solicitation } solicitation => solicitation.Target,
            _ => null,
        };
        if (target is null || snapshot.Vlans.FirstOrDefault(one => one.VlanId == vlan) is not { ArpResponder: true })
        {
            return null;
        }

        var having = records.With(vlan, target);
        MacAddress? mac = having is [var only] && IsFixedOnly(only, target)
            ? records.PortOf(only) == asker || !CanBeSomewhere(only, vlan) ? null : only.MacAddress
            : memory.OwnerOf(vlan, target) is { } owner && owner.Port != asker ? owner.Mac : null;
        if (mac is not { } answering || answering == question.Source || Decide(vlan, answering, (question.Payload as SentArp)?.SenderMac ?? question.Source).Action != PolicyAction.Allow)
        {
            return null;
        }

        bool isDetection = question.Payload is SentNeighbor { From: "::" };
        var to = question.Payload is SentArp request ? request.SenderMac : isDetection ? MacAddress.Parse("33:33:00:00:00:01") : question.Source;
        return new SentFrame(answering, to, [], new SentAnswer(question.Payload, answering), IsCut: false);
    }

    /// <summary>True if a port that is up leads to the record: for one that can be nowhere, nobody answers.</summary>
    private bool CanBeSomewhere(MacInterface record, int vlan) => ports.Any(port => !down.Contains(port) && Carries(port, vlan) && records.IsBehind(record, port));

    private static bool IsFixedOnly(MacInterface record, string address) => PlainRecords.IsFixed(record, address) && !PlainRecords.IsPair(record, address);

    /// <summary>The octets that leave: untagged where the VLAN is the port's own, else with one tag of the VLAN, and the priority of the one that named it.</summary>
    private byte[] Leaving(SwitchPortSettings port, int vlan, (int Type, int Priority, int Vlan)[] tags, SentFrame bare)
    {
        int counting = OuterTags(tags);
        var inner = tags[counting..];
        int priority = counting > 0 ? tags[counting - 1].Priority : 0;
        return (bare with { Tags = vlan == UntaggedVlan(port) ? inner : [(0x8100, priority, vlan), .. inner] }).Build();
    }

    /// <summary>Tags up to the first that names a VLAN.</summary>
    private static int OuterTags((int Type, int Priority, int Vlan)[] tags) => Math.Min(tags.TakeWhile(tag => tag.Vlan == 0).Count() + 1, tags.Length);

    private static bool HasInner((int Type, int Priority, int Vlan)[] tags) => OuterTags(tags) < tags.Length;
}
