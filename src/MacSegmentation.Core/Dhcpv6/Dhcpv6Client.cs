using System.Buffers.Binary;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;

namespace MacSegmentation.Dhcpv6;

/// <summary>
/// A client for one identity association of link-layer addresses (RFC 8947), by the exchanges and the times of RFC 9915 sections 15 and 18.2. One exchange at a time.
/// </summary>
/// <param name="transport">The way to the servers.</param>
/// <param name="clientId">The client's DUID.</param>
/// <param name="iaid">The number of the association.</param>
/// <param name="time">The clock.</param>
/// <param name="seed">What transaction ids and the spread of times follow from.</param>
public sealed class Dhcpv6Client(IDhcpv6Transport transport, Duid clientId, uint iaid, TimeProvider time, int seed)
{
    private const int BestPreference = 255;
    private readonly Random random = new(seed);
    private Task<ReadOnlyMemory<byte>>? receiving;

    /// <summary>Asks for addresses: Solicit, Advertise, Request, Reply, or with Rapid Commit Solicit and Reply.</summary>
    /// <param name="wish">What it would like.</param>
    /// <param name="patience">How long it waits in all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="MacSegmentationException">Dhcpv6NoAnswer, Dhcpv6NoAddress, Dhcpv6Refused.</exception>
    public async Task<Dhcpv6Binding> AcquireAsync(Dhcpv6Wish wish, TimeSpan patience, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wish);
        long began = time.GetTimestamp();
        var (offer, isBound) = await SolicitAsync(wish, patience, cancellationToken).ConfigureAwait(false);
        if (isBound)
        {
            return offer;
        }

        // The block is the one that was advertised; the wish for quadrants goes along with it (RFC 8948 section 4.1).
        var asked = Association(LinkLayerBlock.Of(offer.Range, 0), wish.Quadrants);
        return await AskAsync(Dhcpv6MessageType.Request, offer.ServerId, asked, patience - time.GetElapsedTime(began), cancellationToken).ConfigureAwait(false)
            ?? throw NoAnswer(patience);
    }

    /// <summary>Asks the server that gave it to extend what it gave; null if it does not answer.</summary>
    /// <param name="binding">What it gave.</param>
    /// <param name="patience">How long it waits: the time from T1 to T2.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="MacSegmentationException">Dhcpv6NoBinding, Dhcpv6Refused.</exception>
    public Task<Dhcpv6Binding?> RenewAsync(Dhcpv6Binding binding, TimeSpan patience, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(binding);
        return AskAsync(Dhcpv6MessageType.Renew, binding.ServerId, Association(LinkLayerBlock.Of(binding.Range, 0), []), patience, cancellationToken);
    }

    /// <summary>Asks any server what it holds for this client, and to extend it; null if none answers.</summary>
    /// <param name="range">What the client has, or null if it does not know.</param>
    /// <param name="patience">How long it waits.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="MacSegmentationException">Dhcpv6NoBinding, Dhcpv6Refused.</exception>
    public Task<Dhcpv6Binding?> RebindAsync(MacRange? range, TimeSpan patience, CancellationToken cancellationToken) =>
        AskAsync(Dhcpv6MessageType.Rebind, serverId: null, Association(range is { } known ? LinkLayerBlock.Of(known, 0) : new LinkLayerBlock(), []), patience, cancellationToken);

    /// <summary>Gives up what a server holds for this client, which asks for it first.</summary>
    /// <param name="patience">How long it waits in all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was given up.</returns>
    /// <exception cref="MacSegmentationException">Dhcpv6NoAnswer, Dhcpv6NoBinding, Dhcpv6Refused.</exception>
    public async Task<Dhcpv6Binding> ReleaseAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        var binding = await RebindAsync(range: null, patience, cancellationToken).ConfigureAwait(false) ?? throw new MacSegmentationException(
            "Dhcpv6NoBinding",
            MacErrorKind.NotFound,
            $"No server answered within {patience.TotalSeconds:0.#} s that it holds addresses for DUID {clientId} and IAID {iaid:x8}. Give the DUID and IAID with which they were asked for, on the same link.",
            $"{clientId}");
        var options = Options(binding.ServerId, Association(LinkLayerBlock.Of(binding.Range, 0), []));
        return await ExchangeAsync(
            Dhcpv6MessageType.Release,
            options,
            patience - time.GetElapsedTime(began),
            (message, _) =>
            {
                if (message.Type is not Dhcpv6MessageType.Reply || message.ServerId != binding.ServerId)
                {
                    return null;
                }

                RequireSuccess(Dhcpv6Status.Read(message.Options));
                if (Find(message) is { } association)
                {
                    RequireSuccess(Dhcpv6Status.Read(association.Options));
                }

                return binding;
            },
            cancellationToken).ConfigureAwait(false) ?? throw NoAnswer(patience);
    }

    private async Task<(Dhcpv6Binding Offer, bool IsBound)> SolicitAsync(Dhcpv6Wish wish, TimeSpan patience, CancellationToken cancellationToken)
    {
        var block = new LinkLayerBlock { ExtraAddresses = checked((uint)(wish.Count - 1)) };
        if (wish.RequestedAddress is { } wanted)
        {
            byte[] octets = new byte[6];
            wanted.CopyTo(octets);
            block = block with { Address = octets };
        }

        var options = Options(serverId: null, Association(block, wish.Quadrants));
        if (wish.RapidCommit)
        {
            options.Add(new Dhcpv6Option(Dhcpv6OptionCode.RapidCommit, ReadOnlyMemory<byte>.Empty));
        }

        (Dhcpv6Binding Offer, int Preference)? best = null;
        bool isBound = false;
        Dhcpv6Status? refusal = null;
        var chosen = await ExchangeAsync(
            Dhcpv6MessageType.Solicit,
            options,
            patience,
            (message, isFirst) =>
            {
                bool isRapid = wish.RapidCommit && message.Type is Dhcpv6MessageType.Reply && message.Find(Dhcpv6OptionCode.RapidCommit) is not null;
                if ((!isRapid && message.Type is not Dhcpv6MessageType.Advertise) || ToBinding(message, out _) is not { } offer)
                {
                    // What was refused may be had from another server, or later.
                    refusal = message.Type is Dhcpv6MessageType.Advertise && LastStatus(message) is { Code: not Dhcpv6StatusCode.Success } said ? said : refusal;
                    return null;
                }

                if (isRapid)
                {
                    isBound = true;
                    return offer;
                }

                int preference = message.Find(Dhcpv6OptionCode.Preference) is { Value.Length: 1 } option ? option.Value.Span[0] : 0;
                if (best is null || preference > best.Value.Preference)
                {
                    best = (offer, preference);
                }

                return preference == BestPreference || !isFirst ? best.Value.Offer : null;
            },
            cancellationToken,
            () => best?.Offer).ConfigureAwait(false);
        return chosen is not null ? (chosen, isBound) : throw (refusal is { } last ? Refused(last) : NoAnswer(patience));
    }

    private Task<Dhcpv6Binding?> AskAsync(Dhcpv6MessageType type, Duid? serverId, LinkLayerAssociation association, TimeSpan patience, CancellationToken cancellationToken) => ExchangeAsync(
        type,
        Options(serverId, association),
        patience,
        (message, _) =>
        {
            if (message.Type is not Dhcpv6MessageType.Reply || message.ServerId is not { } from || (serverId is { } expected && from != expected))
            {
                return null;
            }

            RequireSuccess(Dhcpv6Status.Read(message.Options));
            var binding = ToBinding(message, out var status);
            RequireSuccess(status);
            return binding;
        },
        cancellationToken);

    /// <summary>Sends a message until something is chosen among the answers, or the time is over.</summary>
    /// <param name="type">The message.</param>
    /// <param name="options">Its options, without the elapsed time.</param>
    /// <param name="patience">The time.</param>
    /// <param name="choose">What it makes of a message that is for this exchange; is told whether the message was sent once only so far.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="afterFirst">What is chosen when the first time is over; null for nothing.</param>
    private async Task<Dhcpv6Binding?> ExchangeAsync(
        Dhcpv6MessageType type,
        List<Dhcpv6Option> options,
        TimeSpan patience,
        Func<Dhcpv6Message, bool, Dhcpv6Binding?> choose,
        CancellationToken cancellationToken,
        Func<Dhcpv6Binding?>? afterFirst = null)
    {
        int transactionId = random.Next(1 << 24);
        var timing = Retransmission.Of(type);
        long began = time.GetTimestamp();
        var wait = timing.First(random, type is Dhcpv6MessageType.Solicit);
        for (int sent = 1; ; sent++)
        {
            await transport.SendAsync(Message(type, transactionId, options, time.GetElapsedTime(began)), cancellationToken).ConfigureAwait(false);
            var left = patience - time.GetElapsedTime(began);
            long sentAt = time.GetTimestamp();
            var until = wait < left ? wait : left;
            while (await ReceiveAsync(until - time.GetElapsedTime(sentAt), cancellationToken).ConfigureAwait(false) is { } octets)
            {
                if (Dhcpv6Message.TryRead(octets, out var message)
                    && message.TransactionId == transactionId
                    && message.ClientId == clientId
                    && message.ServerId is not null
                    && choose(message, sent == 1) is { } chosen)
                {
                    return chosen;
                }
            }

            if (afterFirst?.Invoke() is { } best)
            {
                return best;
            }

            if (wait >= left || sent == timing.Count)
            {
                return null;
            }

            wait = timing.After(wait, random);
        }
    }

    /// <summary>What comes within a time, or null.</summary>
    private async Task<ReadOnlyMemory<byte>?> ReceiveAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        if (within <= TimeSpan.Zero)
        {
            return null;
        }

        // A receiving that nothing came of goes on in the next wait.
        receiving ??= transport.ReceiveAsync(cancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timer = Task.Delay(within, time, end.Token);
        if (await Task.WhenAny(receiving, timer).ConfigureAwait(false) == timer)
        {
            await timer.ConfigureAwait(false);
            return null;
        }

        await end.CancelAsync().ConfigureAwait(false);
        var received = receiving;
        receiving = null;
        return await received.ConfigureAwait(false);
    }

    private static byte[] Message(Dhcpv6MessageType type, int transactionId, List<Dhcpv6Option> options, TimeSpan elapsed)
    {
        byte[] hundredths = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(hundredths, (ushort)Math.Min(elapsed.TotalMilliseconds / 10, ushort.MaxValue));
        return new Dhcpv6Message { Type = type, TransactionId = transactionId, Options = [.. options, new Dhcpv6Option(Dhcpv6OptionCode.ElapsedTime, hundredths)] }.ToArray();
    }

    private List<Dhcpv6Option> Options(Duid? serverId, LinkLayerAssociation association)
    {
        var options = new List<Dhcpv6Option> { new(Dhcpv6OptionCode.ClientId, clientId.ToArray()) };
        if (serverId is { } server)
        {
            options.Add(new Dhcpv6Option(Dhcpv6OptionCode.ServerId, server.ToArray()));
        }

        options.Add(association.ToOption());
        return options;
    }

    private LinkLayerAssociation Association(LinkLayerBlock block, IReadOnlyList<SlapQuadrant> quadrants)
    {
        var options = new List<Dhcpv6Option> { block.ToOption() };
        if (quadrants.Count > 0)
        {
            options.Add(QuadrantPreference.ToOption([.. quadrants.Select((quadrant, place) => new QuadrantPreference(quadrant, (byte)(BestPreference - place)))]));
        }

        return new LinkLayerAssociation { Iaid = iaid, Options = options };
    }

    private LinkLayerAssociation? Find(Dhcpv6Message message) =>
        LinkLayerAssociation.TryReadAll(message.Options, out var associations) ? associations.FirstOrDefault(association => association.Iaid == iaid) : null;

    private Dhcpv6Status? LastStatus(Dhcpv6Message message) =>
        Find(message) is { } association && Dhcpv6Status.Read(association.Options) is { Code: not Dhcpv6StatusCode.Success } status ? status : Dhcpv6Status.Read(message.Options);

    /// <summary>What a message gives; null if it gives nothing, with the status that says why.</summary>
    private Dhcpv6Binding? ToBinding(Dhcpv6Message message, out Dhcpv6Status? status)
    {
        status = null;
        if (Find(message) is not { } association || message.ServerId is not { } server)
        {
            return null;
        }

        status = Dhcpv6Status.Read(association.Options);

        // An association whose times contradict each other is passed over (RFC 8947 section 11.1).
        bool isSound = association.T1 <= association.T2 || association.T1 == 0 || association.T2 == 0;
        return isSound && status is { Code: Dhcpv6StatusCode.Success } && association.Block is { ValidLifetime: > 0 } block && block.ToRange() is { } range && range.First.Value != 0
            ? new Dhcpv6Binding(server, range, block.ValidLifetime, association.T1, association.T2)
            : null;
    }

    private void RequireSuccess(Dhcpv6Status? status)
    {
        if (status is { Code: not Dhcpv6StatusCode.Success } other)
        {
            throw Refused(other);
        }
    }

    private MacSegmentationException Refused(Dhcpv6Status status)
    {
        string words = status.Message.Length > 0 ? $" ({new string([.. status.Message.Where(sign => !char.IsControl(sign)).Take(200)]).TrimEnd('.')})" : string.Empty;
        return status.Code switch
        {
            Dhcpv6StatusCode.NoAddrsAvail => new MacSegmentationException(
                "Dhcpv6NoAddress", MacErrorKind.Exhausted, $"The server has no address for DUID {clientId} and IAID {iaid:x8}{words}. Ask for other quadrants or for fewer addresses, or have the pool extended.", $"{clientId}"),
            Dhcpv6StatusCode.NoBinding => new MacSegmentationException(
                "Dhcpv6NoBinding", MacErrorKind.NotFound, $"The server holds no address for DUID {clientId} and IAID {iaid:x8}{words}. Ask for one first.", $"{clientId}"),
            _ => new MacSegmentationException(
                "Dhcpv6Refused", MacErrorKind.InvalidOperation, $"The server refused DUID {clientId} and IAID {iaid:x8} with status {(int)status.Code}{words}. See what it says, and ask again.", $"{clientId}"),
        };
    }

    private static MacSegmentationException NoAnswer(TimeSpan patience) => new(
        "Dhcpv6NoAnswer",
        MacErrorKind.Unavailable,
        $"No DHCPv6 server that gives out link-layer addresses answered within {patience.TotalSeconds:0.#} s. See that one serves this link, and that UDP ports 546 and 547 are open.");
}
