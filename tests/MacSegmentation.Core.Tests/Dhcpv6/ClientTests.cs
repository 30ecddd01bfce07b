using System.Buffers.Binary;
using System.Threading.Channels;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;

namespace MacSegmentation.Dhcpv6;

/// <summary>The client's exchanges and times, on a clock that is moved by hand.</summary>
public sealed class ClientTests
{
    private static readonly Duid Own = Duid.Parse("0003000102005e100001");
    private static readonly Duid ServerA = Duid.Parse("00040000000000000000000000000000000a");
    private static readonly Duid ServerB = Duid.Parse("00040000000000000000000000000000000b");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly ManualTime time = new();
    private readonly Wire wire = new();
    private readonly Dhcpv6Client client;

    public ClientTests() => client = new Dhcpv6Client(wire, Own, 7, time, seed: 1);

    [Fact]
    public async Task The_best_of_those_that_answer_in_the_first_second_is_asked()
    {
        var asking = client.AcquireAsync(new Dhcpv6Wish { Count = 4, Quadrants = [SlapQuadrant.SAI, SlapQuadrant.AAI] }, Patience, TestContext.Current.CancellationToken);
        var solicit = await wire.SentAsync();
        Assert.Equal(Dhcpv6MessageType.Solicit, solicit.Type);
        Assert.True(LinkLayerAssociation.TryReadAll(solicit.Options, out var wished));
        Assert.Equal((7u, 3u, new MacAddress(0)), (wished[0].Iaid, wished[0].Block!.ExtraAddresses, wished[0].Block!.MacAddress!.Value));
        Assert.True(QuadrantPreference.TryRead(Dhcpv6Option.Find(wished[0].Options, Dhcpv6OptionCode.SlapQuad)!.Value.Value, out var preferences));
        Assert.Equal([SlapQuadrant.SAI, SlapQuadrant.AAI], QuadrantPreference.Rank(preferences));

        wire.Answer(solicit, Dhcpv6MessageType.Advertise, ServerA, "02:00:00:00:00:00");
        wire.Answer(solicit, Dhcpv6MessageType.Advertise, ServerB, "02:00:00:00:00:10", new Dhcpv6Option(Dhcpv6OptionCode.Preference, new byte[] { 9 }));
        await wire.TakenAsync();
        await AdvanceUntilSent(TimeSpan.FromMilliseconds(100));
        var request = await wire.SentAsync();
        Assert.Equal((Dhcpv6MessageType.Request, ServerB), (request.Type, request.ServerId!.Value));
        Assert.NotEqual(solicit.TransactionId, request.TransactionId);
        Assert.InRange(time.GetUtcNow() - Start, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.2));

        // Answers of others, to others and with another number are passed over.
        wire.Answer(request, Dhcpv6MessageType.Reply, ServerA, "02:00:00:00:00:00");
        wire.Answer(request with { TransactionId = request.TransactionId ^ 1 }, Dhcpv6MessageType.Reply, ServerB, "02:00:00:00:00:66");
        wire.Answer(request with { Options = [new Dhcpv6Option(Dhcpv6OptionCode.ClientId, ServerA.ToArray())] }, Dhcpv6MessageType.Reply, ServerB, "02:00:00:00:00:77");
        wire.Answer(request, Dhcpv6MessageType.Reply, ServerB, "02:00:00:00:00:10");
        var binding = await asking;
        Assert.Equal((ServerB, MacRange.Parse("02:00:00:00:00:10-02:00:00:00:00:13")), (binding.ServerId, binding.Range));
    }

    [Fact]
    public async Task A_server_of_the_highest_preference_is_asked_at_once()
    {
        var asking = client.AcquireAsync(new Dhcpv6Wish(), Patience, TestContext.Current.CancellationToken);
        wire.Answer(await wire.SentAsync(), Dhcpv6MessageType.Advertise, ServerA, "02:00:00:00:00:00", new Dhcpv6Option(Dhcpv6OptionCode.Preference, new byte[] { 255 }));
        var request = await wire.SentAsync();
        Assert.Equal((Dhcpv6MessageType.Request, Start), (request.Type, time.GetUtcNow()));
        wire.Answer(request, Dhcpv6MessageType.Reply, ServerA, "02:00:00:00:00:00");
        Assert.Equal(1, (await asking).Range.Count);
    }

    [Fact]
    public async Task With_Rapid_Commit_two_messages_will_do()
    {
        var asking = client.AcquireAsync(new Dhcpv6Wish { RapidCommit = true }, Patience, TestContext.Current.CancellationToken);
        var solicit = await wire.SentAsync();
        Assert.NotNull(solicit.Find(Dhcpv6OptionCode.RapidCommit));
        wire.Answer(solicit, Dhcpv6MessageType.Reply, ServerB, "02:00:00:00:00:66");
        wire.Answer(solicit, Dhcpv6MessageType.Reply, ServerA, "02:00:00:00:00:00", new Dhcpv6Option(Dhcpv6OptionCode.RapidCommit, default));
        Assert.Equal(ServerA, (await asking).ServerId);
        Assert.Equal(1, wire.Sent);
    }

    /// <summary>RFC 9915 section 15: the first time is 1 s and up to a tenth more, each next twice the one before, a tenth more or less.</summary>
    [Fact]
    public async Task A_Solicit_without_an_answer_is_sent_again_after_twice_the_time()
    {
        var asking = client.AcquireAsync(new Dhcpv6Wish(), TimeSpan.FromSeconds(40), TestContext.Current.CancellationToken);
        var at = new List<TimeSpan>();
        int id = -1;
        for (int i = 0; i < 5; i++)
        {
            await AdvanceUntilSent(TimeSpan.FromMilliseconds(10));
            var solicit = await wire.SentAsync();
            at.Add(time.GetUtcNow() - Start);
            Assert.True(id < 0 || id == solicit.TransactionId);
            id = solicit.TransactionId;
            int elapsed = BinaryPrimitives.ReadUInt16BigEndian(solicit.Find(Dhcpv6OptionCode.ElapsedTime)!.Value.Value.Span);
            Assert.InRange(elapsed, (at[^1].TotalMilliseconds / 10) - 2, (at[^1].TotalMilliseconds / 10) + 2);
        }

        Assert.Equal(TimeSpan.Zero, at[0]);
        Assert.InRange((at[1] - at[0]).TotalSeconds, 1.0, 1.12);
        for (int i = 2; i < at.Count; i++)
        {
            Assert.InRange((at[i] - at[i - 1]) / (at[i - 1] - at[i - 2]), 1.88, 2.12);
        }

        while (!asking.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal("Dhcpv6NoAnswer", (await Assert.ThrowsAsync<MacSegmentationException>(() => asking)).ErrorId);
    }

    [Fact]
    public async Task A_server_without_addresses_is_told_of_at_the_end()
    {
        var asking = client.AcquireAsync(new Dhcpv6Wish(), TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        wire.Answer(await wire.SentAsync(), Dhcpv6MessageType.Advertise, ServerA, null);
        while (!asking.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(0.1));
            await Task.Yield();
        }

        Assert.Equal("Dhcpv6NoAddress", (await Assert.ThrowsAsync<MacSegmentationException>(() => asking)).ErrorId);
    }

    [Fact]
    public async Task A_refusal_of_the_Request_is_the_answer()
    {
        var asking = client.AcquireAsync(new Dhcpv6Wish(), Patience, TestContext.Current.CancellationToken);
        wire.Answer(await wire.SentAsync(), Dhcpv6MessageType.Advertise, ServerA, "02:00:00:00:00:00", new Dhcpv6Option(Dhcpv6OptionCode.Preference, new byte[] { 255 }));
        wire.Answer(await wire.SentAsync(), Dhcpv6MessageType.Reply, ServerA, null);
        Assert.Equal("Dhcpv6NoAddress", (await Assert.ThrowsAsync<MacSegmentationException>(() => asking)).ErrorId);
    }

    [Fact]
    public async Task To_give_up_the_server_is_found_first()
    {
        var asking = client.ReleaseAsync(Patience, TestContext.Current.CancellationToken);
        var rebind = await wire.SentAsync();
        Assert.Equal((Dhcpv6MessageType.Rebind, null), (rebind.Type, rebind.ServerId));
        wire.Answer(rebind, Dhcpv6MessageType.Reply, ServerA, "02:00:00:00:00:20", extra: 2);
        var release = await wire.SentAsync();
        Assert.Equal((Dhcpv6MessageType.Release, ServerA), (release.Type, release.ServerId!.Value));
        wire.Answer(release, Dhcpv6MessageType.Reply, ServerA, string.Empty);
        Assert.Equal(MacRange.Parse("02:00:00:00:00:20-02:00:00:00:00:22"), (await asking).Range);
    }

    [Fact]
    public async Task Times_that_contradict_each_other_are_passed_over()
    {
        var renewing = client.RenewAsync(new Dhcpv6Binding(ServerA, MacRange.Parse("02:00:00:00:00:20"), 100, 50, 80), Patience, TestContext.Current.CancellationToken);
        var renew = await wire.SentAsync();
        Assert.Equal((Dhcpv6MessageType.Renew, ServerA), (renew.Type, renew.ServerId!.Value));
        wire.Answer(renew, Dhcpv6MessageType.Reply, ServerA, "02:00:00:00:00:20", t1: 90);
        wire.Answer(renew, Dhcpv6MessageType.Reply, ServerA, "02:00:00:00:00:20", t1: 50);
        Assert.Equal((50u, 80u), (await renewing) is { } binding ? (binding.T1, binding.T2) : default);
    }

    private static DateTimeOffset Start => new ManualTime().GetUtcNow();

    private async Task AdvanceUntilSent(TimeSpan step)
    {
        for (int i = 0; !wire.HasSent; i++)
        {
            Assert.True(i < 100_000);
            time.Advance(step);

            // What goes on after a timer does so on another thread.
            for (int yields = 0; yields < 200 && !wire.HasSent; yields++)
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>Both ends of the wire.</summary>
    private sealed class Wire : IDhcpv6Transport
    {
        private readonly Channel<Dhcpv6Message> sent = Channel.CreateUnbounded<Dhcpv6Message>();
        private readonly Channel<ReadOnlyMemory<byte>> answers = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();

        public int Sent { get; private set; }

        public bool HasSent => sent.Reader.Count > 0;

        public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
        {
            Assert.True(Dhcpv6Message.TryRead(message, out var read));
            Assert.Equal(Own, read.ClientId);
            Sent++;
            return sent.Writer.WriteAsync(read, cancellationToken);
        }

        public Task<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken) => answers.Reader.ReadAsync(cancellationToken).AsTask();

        public async Task<Dhcpv6Message> SentAsync() => await sent.Reader.ReadAsync(TestContext.Current.CancellationToken);

        public async Task TakenAsync()
        {
            while (answers.Reader.Count > 0)
            {
                await Task.Yield();
            }
        }

        /// <summary>Answers with a block; null for none that could be had, empty for no association.</summary>
        public void Answer(Dhcpv6Message question, Dhcpv6MessageType type, Duid server, string? first, Dhcpv6Option? option = null, uint t1 = 50, uint extra = 3)
        {
            LinkLayerAssociation.TryReadAll(question.Options, out var asked);
            uint wanted = asked.Count > 0 ? asked[0].Block?.ExtraAddresses ?? 0 : 0;
            Dhcpv6Option[] block = first is null
                ? [new Dhcpv6Status(Dhcpv6StatusCode.NoAddrsAvail, "none").ToOption()]
                : first.Length == 0 ? [] : [LinkLayerBlock.Of(new MacRange(MacAddress.Parse(first), new MacAddress(MacAddress.Parse(first).Value + (type is Dhcpv6MessageType.Reply && extra != 3 ? extra : wanted))), 100).ToOption()];
            answers.Writer.TryWrite(new Dhcpv6Message
            {
                Type = type,
                TransactionId = question.TransactionId,
                Options =
                [
                    question.Find(Dhcpv6OptionCode.ClientId)!.Value,
                    new Dhcpv6Option(Dhcpv6OptionCode.ServerId, server.ToArray()),
                    .. option is { } more ? (Dhcpv6Option[])[more] : [],
                    .. first is { Length: 0 } ? (Dhcpv6Option[])[] : [new LinkLayerAssociation { Iaid = 7, T1 = t1, T2 = 80, Options = block }.ToOption()],
                ],
            }.ToArray());
        }
    }
}
