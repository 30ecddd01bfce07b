using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Captures;
using MacSegmentation.Clients;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.Provision;
using MacSegmentation.Stores;

namespace MacSegmentation.Dhcpv6;

/// <summary>What the server says to each message, without sockets: on a link with VLAN 10 (65,536 addresses of AAI), and one with VLAN 30 (16 of ELI).</summary>
public sealed class ResponderTests : IDisposable
{
    private static readonly Duid ServerId = Duid.Of(Guid.Parse("00112233-4455-8677-8899-aabbccddeeff"));
    private static readonly Duid Other = Duid.Parse("0003000102005e1000ff");
    private static readonly Dhcpv6Link Ten = new("eth0", null, 10, "ten");
    private static readonly Dhcpv6Link Thirty = new("2001:db8::1", IPAddress.Parse("2001:db8::1"), 30, "everywhere");

    private readonly TemporaryFolder folder = new();
    private readonly IMacStore store;
    private readonly StoreHandleService service;
    private readonly HandClock clock = new();
    private readonly Dhcpv6Settings settings;
    private Dhcpv6Responder responder;

    public ResponderTests()
    {
        store = new StoreFactory().Open(MacStoreOptions.At(folder.File("lab.db")));
        RunningService.Fill(store);

        // A device that comes to another link is the same one there.
        store.Write(writer =>
        {
            ProviderClientCatalog.Change(writer, "ten", new ClientChange { Group = "lab" }, out _);
            return ProviderClientCatalog.Change(writer, "everywhere", new ClientChange { Group = "lab" }, out _);
        });
        service = new StoreHandleService(store);
        settings = new Dhcpv6Settings { EndPoint = new IPEndPoint(IPAddress.IPv6Any, 547), Links = [Ten, Thirty], ServerId = ServerId, Time = clock };
        responder = new Dhcpv6Responder(service, settings);
    }

    public void Dispose()
    {
        service.Dispose();
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Four_messages_give_an_address_that_never_ends()
    {
        var advertise = await AnswerAsync(Message(Dhcpv6MessageType.Solicit, Wish()));
        Assert.Equal((Dhcpv6MessageType.Advertise, 5, ServerId, Client), (advertise.Type, advertise.TransactionId, advertise.ServerId!.Value, advertise.ClientId!.Value));
        Assert.Null(advertise.Find(Dhcpv6OptionCode.Preference));
        var offer = Only(advertise);
        Assert.Equal((7u, uint.MaxValue, uint.MaxValue, uint.MaxValue), (offer.Iaid, offer.T1, offer.T2, offer.Block!.ValidLifetime));
        Assert.Equal(MacRange.Parse("02:00:00:00:00:00"), offer.Block.ToRange());
        Assert.Empty(store.Read(reader => reader.ListHandles()));

        var reply = await AnswerAsync(Message(Dhcpv6MessageType.Request, Wish("02:00:00:00:00:00"), ServerId));
        Assert.Equal((Dhcpv6MessageType.Reply, MacRange.Parse("02:00:00:00:00:00")), (reply.Type, Only(reply).Block!.ToRange()!.Value));
        var handle = Assert.Single(store.Read(reader => reader.ListHandles()));
        Assert.Equal(("duid:0003000102005e100001/00000007", 10), (handle.Handle, handle.VlanId));
    }

    [Fact]
    public async Task With_Rapid_Commit_the_address_is_given_at_once()
    {
        var reply = await AnswerAsync(Message(Dhcpv6MessageType.Solicit, Wish(), options: new Dhcpv6Option(Dhcpv6OptionCode.RapidCommit, default)));
        Assert.Equal(Dhcpv6MessageType.Reply, reply.Type);
        Assert.NotNull(reply.Find(Dhcpv6OptionCode.RapidCommit));
        Assert.Single(store.Read(reader => reader.ListHandles()));
    }

    [Fact]
    public async Task Addresses_with_an_end_are_asked_for_again_at_half_of_it()
    {
        responder = new Dhcpv6Responder(service, settings with { Lifetime = 3600, Preference = 255 });
        var advertise = await AnswerAsync(Message(Dhcpv6MessageType.Solicit, Wish()));
        Assert.Equal(255, advertise.Find(Dhcpv6OptionCode.Preference)!.Value.Value.Span[0]);
        await GiveAsync(Wish());
        foreach (var (type, server) in new[] { (Dhcpv6MessageType.Renew, (Duid?)ServerId), (Dhcpv6MessageType.Rebind, null) })
        {
            var again = Only(await AnswerAsync(Message(type, Wish("02:00:00:00:00:00"), server)));
            Assert.Equal((1800u, 2880u, 3600u, MacRange.Parse("02:00:00:00:00:00")), (again.T1, again.T2, again.Block!.ValidLifetime, again.Block.ToRange()!.Value));
        }
    }

    [Fact]
    public async Task A_block_is_given_renewed_and_given_up_whole()
    {
        Assert.Equal(MacRange.Parse("02:00:00:00:00:00-02:00:00:00:00:07"), (await GiveAsync(Wish(extra: 7))).Block!.ToRange());

        // Neither a smaller nor a larger wish changes its size (RFC 8947 section 8).
        Assert.Equal(8, Only(await AnswerAsync(Message(Dhcpv6MessageType.Renew, Wish("02:00:00:00:00:00", 7), ServerId))).Block!.ToRange()!.Value.Count);
        var other = Only(await AnswerAsync(Message(Dhcpv6MessageType.Renew, Wish("02:00:00:00:00:00", 3), ServerId)));
        Assert.Equal([(8L, uint.MaxValue), (4L, 0u)], Blocks(other).Select(block => (block.ToRange()!.Value.Count, block.ValidLifetime)));

        Assert.Equal(Dhcpv6StatusCode.NoBinding, StatusOf(Only(await AnswerAsync(Message(Dhcpv6MessageType.Release, Wish("02:00:00:00:00:00", 3), ServerId)))));
        Assert.Equal(8, store.Read(reader => reader.ListAllocations()).Count);
        var released = await AnswerAsync(Message(Dhcpv6MessageType.Release, Wish("02:00:00:00:00:00", 7), ServerId));
        Assert.Equal(Dhcpv6StatusCode.Success, Dhcpv6Status.Read(released.Options)!.Value.Code);
        Assert.Null(released.Find(Dhcpv6OptionCode.IaLl));
        Assert.Empty(store.Read(reader => reader.ListAllocations()));
        Assert.Equal(Dhcpv6StatusCode.NoBinding, StatusOf(Only(await AnswerAsync(Message(Dhcpv6MessageType.Release, Wish("02:00:00:00:00:00", 7), ServerId)))));
    }

    [Fact]
    public async Task More_than_there_is_gives_fewer_and_then_none()
    {
        Assert.Equal(16, (await GiveAsync(Wish(extra: 99), Thirty)).Block!.ToRange()!.Value.Count);
        var none = await AnswerAsync(Message(Dhcpv6MessageType.Solicit, Wish(), client: Other), Thirty);
        Assert.Equal(Dhcpv6StatusCode.NoAddrsAvail, StatusOf(Only(none)));
        Assert.Null(Only(none).Block);
        Assert.Equal(Dhcpv6StatusCode.NoAddrsAvail, StatusOf(Only(await AnswerAsync(Message(Dhcpv6MessageType.Request, Wish(), ServerId, client: Other), Thirty))));
        Assert.Equal(HandleRun.MaxCount, (await GiveAsync(Wish(extra: uint.MaxValue) with { Iaid = 8 })).Block!.ToRange()!.Value.Count);
    }

    [Theory]
    [InlineData("ELI", "SAI", "0a")]
    [InlineData("", "ELI", "0a")]
    [InlineData("", "AAI", null)]
    [InlineData("SAI", "ELI", null)]
    [InlineData("SAI,ELI", "", "0a")]
    public async Task Quadrants_are_the_clients_or_else_the_relays(string own, string relays, string? first)
    {
        Dhcpv6Option[] Quad(string names) => names.Length == 0 ? [] : [QuadrantPreference.ToOption([.. names.Split(',').Select((name, place) => new QuadrantPreference(Enum.Parse<SlapQuadrant>(name), (byte)(9 - place)))])];
        var wish = Wish();
        var query = new Dhcpv6Query(Thirty, Message(Dhcpv6MessageType.Solicit, wish with { Options = [.. wish.Options, .. Quad(own)] }), [Relay(Quad(relays))]);
        var (answer, _) = await responder.AnswerAsync(query, TestContext.Current.CancellationToken);
        var given = Only(Read(answer!));
        Assert.Equal(first, given.Block is { } block ? block.MacAddress!.Value.ToString()[..2] : null);
        Assert.Equal(first is null ? Dhcpv6StatusCode.NoAddrsAvail : Dhcpv6StatusCode.Success, StatusOf(given));
    }

    [Fact]
    public async Task Several_associations_are_answered_each()
    {
        var wishes = new[] { 1u, 2u, 2u, 3u }.Select(iaid => (Wish() with { Iaid = iaid }).ToOption()).ToArray();
        var reply = await AnswerAsync(new Dhcpv6Message { Type = Dhcpv6MessageType.Request, TransactionId = 5, Options = [.. Head(Client, ServerId), .. wishes] });
        Assert.True(LinkLayerAssociation.TryReadAll(reply.Options, out var given));
        Assert.Equal([1, 2, 3], given.Select(association => association.Iaid));
        Assert.Equal(3, given.Select(association => association.Block!.ToRange()).Distinct().Count());
    }

    [Fact]
    public async Task What_no_handle_holds_is_not_renewed_and_is_left_to_others()
    {
        Assert.Equal(Dhcpv6StatusCode.NoBinding, StatusOf(Only(await AnswerAsync(Message(Dhcpv6MessageType.Renew, Wish("02:00:00:00:00:00"), ServerId)))));
        Assert.Equal(Dhcpv6Silence.UnknownBinding, await SilenceAsync(Message(Dhcpv6MessageType.Rebind, Wish("02:00:00:00:00:00"))));
        Assert.Equal(Dhcpv6Silence.UnknownBinding, await SilenceAsync(Message(Dhcpv6MessageType.Confirm, Wish("02:00:00:00:00:00"))));
    }

    [Fact]
    public async Task Confirm_says_whether_a_client_is_on_its_link()
    {
        await GiveAsync(Wish(extra: 1));
        Assert.Equal(Dhcpv6StatusCode.Success, Dhcpv6Status.Read((await AnswerAsync(Message(Dhcpv6MessageType.Confirm, Wish("02:00:00:00:00:00", 1)))).Options)!.Value.Code);
        Assert.Equal(Dhcpv6StatusCode.NotOnLink, Dhcpv6Status.Read((await AnswerAsync(Message(Dhcpv6MessageType.Confirm, Wish("02:00:00:00:00:00", 1)), Thirty)).Options)!.Value.Code);
        Assert.Equal(Dhcpv6StatusCode.NotOnLink, StatusOf(Only(await AnswerAsync(Message(Dhcpv6MessageType.Request, Wish(), ServerId), Thirty))));
    }

    [Fact]
    public async Task Configuration_is_answered_with_none()
    {
        var reply = await AnswerAsync(new Dhcpv6Message { Type = Dhcpv6MessageType.InformationRequest, TransactionId = 9, Options = [] });
        Assert.Equal((Dhcpv6MessageType.Reply, ServerId, 1), (reply.Type, reply.ServerId!.Value, reply.Options.Count));
    }

    [Fact]
    public void What_is_not_for_this_server_is_not_answered()
    {
        var ia = Wish();
        (Dhcpv6Silence Reason, Dhcpv6Message Message)[] all =
        [
            (Dhcpv6Silence.WrongServerId, Message(Dhcpv6MessageType.Solicit, ia, ServerId)),
            (Dhcpv6Silence.WrongServerId, Message(Dhcpv6MessageType.Rebind, ia, ServerId)),
            (Dhcpv6Silence.WrongServerId, Message(Dhcpv6MessageType.Confirm, ia, ServerId)),
            (Dhcpv6Silence.WrongServerId, Message(Dhcpv6MessageType.Request, ia)),
            (Dhcpv6Silence.WrongServerId, Message(Dhcpv6MessageType.Renew, ia)),
            (Dhcpv6Silence.WrongServerId, Message(Dhcpv6MessageType.Release, ia)),
            (Dhcpv6Silence.OtherServer, Message(Dhcpv6MessageType.Request, ia, Other)),
            (Dhcpv6Silence.OtherServer, Message(Dhcpv6MessageType.Renew, ia, Other)),
            (Dhcpv6Silence.OtherServer, Message(Dhcpv6MessageType.Release, ia, Other)),
            (Dhcpv6Silence.DeclineNotUsed, Message(Dhcpv6MessageType.Decline, ia, ServerId)),
            (Dhcpv6Silence.NotForServers, Message(Dhcpv6MessageType.Advertise, ia, ServerId)),
            (Dhcpv6Silence.NotForServers, Message(Dhcpv6MessageType.Reply, ia, ServerId)),
            (Dhcpv6Silence.NotForServers, Message(Dhcpv6MessageType.Reconfigure, ia, ServerId)),
            (Dhcpv6Silence.NotForServers, Message((Dhcpv6MessageType)77, ia)),
            (Dhcpv6Silence.NoClientId, new Dhcpv6Message { Type = Dhcpv6MessageType.Solicit, TransactionId = 1, Options = [ia.ToOption()] }),
            (Dhcpv6Silence.NoClientId, new Dhcpv6Message { Type = Dhcpv6MessageType.Solicit, TransactionId = 1, Options = [new Dhcpv6Option(Dhcpv6OptionCode.ClientId, new byte[] { 0, 1 }), ia.ToOption()] }),
            (Dhcpv6Silence.NothingAsked, new Dhcpv6Message { Type = Dhcpv6MessageType.Solicit, TransactionId = 1, Options = [.. Head(Client, null), new Dhcpv6Option(Dhcpv6OptionCode.IaNa, new byte[12])] }),
            (Dhcpv6Silence.Malformed, new Dhcpv6Message { Type = Dhcpv6MessageType.Solicit, TransactionId = 1, Options = [.. Head(Client, null), new Dhcpv6Option(Dhcpv6OptionCode.IaLl, new byte[11])] }),
            (Dhcpv6Silence.Malformed, new Dhcpv6Message { Type = Dhcpv6MessageType.InformationRequest, TransactionId = 1, Options = [ia.ToOption()] }),
            (Dhcpv6Silence.TooManyAssociations, new Dhcpv6Message { Type = Dhcpv6MessageType.Solicit, TransactionId = 1, Options = [.. Head(Client, null), .. Enumerable.Range(0, 33).Select(iaid => (ia with { Iaid = (uint)iaid }).ToOption())] }),
        ];
        foreach (var (reason, message) in all)
        {
            Assert.Equal((message.Type, reason), (message.Type, responder.Check(message)!.Value));
        }
    }

    [Fact]
    public async Task A_client_that_may_not_use_the_VLAN_or_is_gone_is_not_answered()
    {
        Assert.Equal(Dhcpv6Silence.ClientForbidden, await SilenceAsync(Message(Dhcpv6MessageType.Solicit, Wish()), Ten with { VlanId = 20 }));
        Assert.Equal(Dhcpv6Silence.ClientForbidden, await SilenceAsync(Message(Dhcpv6MessageType.Solicit, Wish()), Ten with { Client = "nobody" }));
    }

    [Fact]
    public async Task A_store_that_cannot_be_asked_keeps_silent()
    {
        var gated = new GatedHandles(service) { Failure = new MacSegmentationException("StoreLocked", MacErrorKind.Unavailable, "locked") };
        responder = new Dhcpv6Responder(gated, settings);
        Assert.Equal(Dhcpv6Silence.StoreUnavailable, await SilenceAsync(Message(Dhcpv6MessageType.Request, Wish(), ServerId)));
        gated.IsReady = false;
        Assert.Equal(Dhcpv6Silence.StoreUnavailable, await SilenceAsync(Message(Dhcpv6MessageType.Solicit, Wish())));
    }

    [Fact]
    public async Task A_message_that_comes_again_is_answered_alike_and_changes_nothing()
    {
        var answered = new AnsweredQueries(clock);
        int made = 0;
        async Task<(byte[]? Answer, Dhcpv6Silence Silence)> Ask(Dhcpv6Message message) => await answered.AnswerOnceAsync(message, () =>
        {
            made++;
            return responder.AnswerAsync(new Dhcpv6Query(Ten, message, []), CancellationToken.None);
        });
        Dhcpv6Message At(byte elapsed) => Message(Dhcpv6MessageType.Request, Wish(), ServerId, options: new Dhcpv6Option(Dhcpv6OptionCode.ElapsedTime, new byte[] { 0, elapsed }));
        var (first, _) = await Ask(At(0));
        await AnswerAsync(Message(Dhcpv6MessageType.Release, Wish("02:00:00:00:00:00"), ServerId));
        Assert.Equal(first, (await Ask(At(100))).Answer);
        Assert.Empty(store.Read(reader => reader.ListAllocations()));
        Assert.Equal(1, made);
        clock.Advance(AnsweredQueries.Age + TimeSpan.FromSeconds(1));
        await Ask(At(0));
        Assert.Equal(2, made);

        // What is not answered is tried again.
        var rebind = Message(Dhcpv6MessageType.Rebind, Wish(), client: Other);
        await Ask(rebind);
        await Ask(rebind);
        Assert.Equal(4, made);
    }

    [Fact]
    public void Relays_are_unwrapped_and_the_answer_goes_back_through_each()
    {
        var message = Message(Dhcpv6MessageType.Solicit, Wish());
        byte[] octets = message.ToArray();
        for (int hop = 0; hop <= Dhcpv6RelayMessage.HopCountLimit; hop++)
        {
            // Only the first knows the link; the second is on none that is known here.
            octets = new Dhcpv6RelayMessage
            {
                Type = Dhcpv6MessageType.RelayForward,
                HopCount = hop,
                LinkAddress = hop switch { 0 => IPAddress.IPv6Any, 1 => IPAddress.Parse("2001:db8::1"), _ => IPAddress.Parse($"2001:db8:{hop}::1") },
                PeerAddress = IPAddress.Parse($"fe80::{hop}"),
                Options = [new Dhcpv6Option(Dhcpv6OptionCode.InterfaceId, new byte[] { 9, (byte)hop }), new Dhcpv6Option(Dhcpv6OptionCode.RelayMessage, octets), new Dhcpv6Option((Dhcpv6OptionCode)37, new byte[5])],
            }.ToArray();
        }

        Assert.True(TryRead(octets, null, isMulticast: false, out var query, out _));
        Assert.Equal((Thirty, 9), (query!.Link, query.Relays.Count));
        byte[] way = query.Wrap([1, 2, 3, 4]);
        for (int hop = Dhcpv6RelayMessage.HopCountLimit; hop >= 0; hop--)
        {
            Assert.True(Dhcpv6RelayMessage.TryRead(way, out var reply));
            Assert.Equal((Dhcpv6MessageType.RelayReply, hop, IPAddress.Parse($"fe80::{hop}")), (reply.Type, reply.HopCount, reply.PeerAddress));
            Assert.Equal([9, (byte)hop], Dhcpv6Option.Find(reply.Options, Dhcpv6OptionCode.InterfaceId)!.Value.Value.ToArray());
            Assert.Equal(2, reply.Options.Count);
            way = reply.Inner!.Value.ToArray();
        }

        Assert.Equal([1, 2, 3, 4], way);
    }

    [Fact]
    public void What_is_no_message_or_of_no_link_is_told_apart()
    {
        byte[] solicit = Message(Dhcpv6MessageType.Solicit, Wish()).ToArray();
        (Dhcpv6Silence, byte[], Dhcpv6Link?, bool)[] all =
        [
            (Dhcpv6Silence.Malformed, [], Ten, true),
            (Dhcpv6Silence.Malformed, solicit[..^1], Ten, true),
            (Dhcpv6Silence.UnknownLink, solicit, null, true),
            (Dhcpv6Silence.Unicast, solicit, Ten, false),
            (Dhcpv6Silence.UnknownLink, Wrapped(solicit, "2001:db8::9"), Ten, false),
            (Dhcpv6Silence.UnknownLink, Wrapped(solicit, "::"), Ten, false),
            (Dhcpv6Silence.NotForServers, Wrapped(solicit, "2001:db8::1", Dhcpv6MessageType.RelayReply), Ten, false),
            (Dhcpv6Silence.TooManyRelays, Wrapped(solicit, "2001:db8::1", hops: 9), Ten, false),
            (Dhcpv6Silence.TooManyRelays, Enumerable.Range(0, 40).Aggregate(solicit, (inner, _) => Wrapped(inner, "2001:db8::1")), Ten, false),
            (Dhcpv6Silence.Malformed, Wrapped(solicit, "2001:db8::1")[..40], Ten, false),
            (Dhcpv6Silence.Malformed, Wrapped([], "2001:db8::1"), Ten, false),
            (Dhcpv6Silence.Malformed, Wrapped(solicit, "2001:db8::1")[..34], Ten, false),
        ];
        foreach (var (reason, octets, link, isMulticast) in all)
        {
            Assert.False(TryRead(octets, link, isMulticast, out _, out var silence));
            Assert.Equal((reason, octets.Length), (silence, octets.Length));
        }
    }

    [Theory]
    [InlineData("InvalidDhcpv6Link", "eth0")]
    [InlineData("InvalidDhcpv6Link", "eth0=10")]
    [InlineData("InvalidDhcpv6Link", "=10,ten")]
    [InlineData("InvalidDhcpv6Link", "eth0=ten,10")]
    [InlineData("InvalidDhcpv6Link", "10.0.0.1=10,ten")]
    [InlineData("InvalidDhcpv6Link", "ff02::1=10,ten")]
    [InlineData("InvalidDhcpv6Link", "::=10,ten")]
    [InlineData("InvalidDhcpv6Link", "2001:db8::x=10,ten")]
    [InlineData("InvalidVlanId", "eth0=4095,ten")]
    public void What_is_no_link_is_refused(string errorId, string text) => Assert.Equal(errorId, Assert.Throws<MacSegmentationException>(() => Dhcpv6Link.Parse(text)).ErrorId);

    [Fact]
    public void Links_are_read()
    {
        Assert.Equal([new Dhcpv6Link("eth0", null, 10, "ten"), Thirty], Dhcpv6Link.ParseAll(["eth0=10, ten", "2001:db8::1=30,everywhere"]));
        Assert.Equal("InvalidDhcpv6Link", Assert.Throws<MacSegmentationException>(() => Dhcpv6Link.ParseAll(["2001:db8::1=10,a", "2001:db8:0::1=20,b"])).ErrorId);
    }

    private static Duid Client => Duid.Parse("0003000102005e100001");

    private static Dhcpv6RelayMessage Relay(Dhcpv6Option[] options) => new()
    {
        Type = Dhcpv6MessageType.RelayForward, HopCount = 0, LinkAddress = Thirty.LinkAddress!, PeerAddress = IPAddress.Parse("fe80::1"), Options = options,
    };

    private static byte[] Wrapped(byte[] inner, string link, Dhcpv6MessageType type = Dhcpv6MessageType.RelayForward, int hops = 0) => (Relay([new Dhcpv6Option(Dhcpv6OptionCode.RelayMessage, inner)]) with
    {
        Type = type, HopCount = hops, LinkAddress = IPAddress.Parse(link),
    }).ToArray();

    private static bool TryRead(byte[] octets, Dhcpv6Link? link, bool isMulticast, out Dhcpv6Query? query, out Dhcpv6Silence silence) =>
        Dhcpv6Query.TryRead(octets, new Dictionary<IPAddress, Dhcpv6Link> { [Thirty.LinkAddress!] = Thirty }, link, isMulticast, out query, out silence);

    private static LinkLayerAssociation Wish(string? first = null, uint extra = 0) => new()
    {
        Iaid = 7,
        Options = [(first is null ? new LinkLayerBlock { ExtraAddresses = extra } : LinkLayerBlock.Of(MacRange.Parse(first), 0) with { ExtraAddresses = extra }).ToOption()],
    };

    private static Dhcpv6Option[] Head(Duid client, Duid? server) =>
        [new(Dhcpv6OptionCode.ClientId, client.ToArray()), .. server is { } named ? (Dhcpv6Option[])[new(Dhcpv6OptionCode.ServerId, named.ToArray())] : []];

    private static Dhcpv6Message Message(Dhcpv6MessageType type, LinkLayerAssociation association, Duid? server = null, Duid? client = null, params Dhcpv6Option[] options) =>
        new() { Type = type, TransactionId = 5, Options = [.. Head(client ?? Client, server), association.ToOption(), .. options] };

    private static Dhcpv6Message Read(byte[] answer)
    {
        Assert.True(Dhcpv6Message.TryRead(answer, out var message));
        return message;
    }

    private static LinkLayerAssociation Only(Dhcpv6Message message)
    {
        Assert.True(LinkLayerAssociation.TryReadAll(message.Options, out var associations));
        return Assert.Single(associations);
    }

    private static IEnumerable<LinkLayerBlock> Blocks(LinkLayerAssociation association) =>
        association.Options.Where(option => option.Code is Dhcpv6OptionCode.LlAddr).Select(option => LinkLayerBlock.TryRead(option.Value, out var block) ? block : throw new InvalidOperationException("malformed"));

    private static Dhcpv6StatusCode StatusOf(LinkLayerAssociation association) => Dhcpv6Status.Read(association.Options)!.Value.Code;

    private async Task<Dhcpv6Message> AnswerAsync(Dhcpv6Message message, Dhcpv6Link? link = null)
    {
        Assert.Null(responder.Check(message));
        var (answer, silence) = await responder.AnswerAsync(new Dhcpv6Query(link ?? Ten, message, []), TestContext.Current.CancellationToken);
        return answer is not null ? Read(answer) : throw new InvalidOperationException($"Silent: {silence}");
    }

    private async Task<Dhcpv6Silence> SilenceAsync(Dhcpv6Message message, Dhcpv6Link? link = null)
    {
        Assert.Null(responder.Check(message));
        var (answer, silence) = await responder.AnswerAsync(new Dhcpv6Query(link ?? Ten, message, []), TestContext.Current.CancellationToken);
        Assert.Null(answer);
        return silence;
    }

    private async Task<LinkLayerAssociation> GiveAsync(LinkLayerAssociation wish, Dhcpv6Link? link = null) => Only(await AnswerAsync(Message(Dhcpv6MessageType.Request, wish, ServerId), link));
}
