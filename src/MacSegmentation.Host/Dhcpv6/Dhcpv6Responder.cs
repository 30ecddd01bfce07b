using MacSegmentation.Addressing;
using MacSegmentation.Clients;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.ProviderRuntime;

namespace MacSegmentation.Dhcpv6;

/// <summary>
/// What a server says to each message (RFC 9915 sections 16 and 18.3; RFC 8947 sections 7 to 10): the rules of handles in the words of DHCPv6. Has no sockets and keeps nothing.
/// </summary>
/// <param name="service">What gives addresses.</param>
/// <param name="settings">How they are served.</param>
internal sealed class Dhcpv6Responder(IHandleService service, Dhcpv6Settings settings)
{
    /// <summary>The most associations that are answered in one message.</summary>
    public const int MaxAssociations = 32;

    private static readonly LinkLayerBlock AnyBlock = new();

    /// <summary>Why a message is not answered, as far as the message itself says (RFC 9915 section 16); null if it is.</summary>
    /// <param name="message">The message.</param>
    public Dhcpv6Silence? Check(Dhcpv6Message message)
    {
        (bool mayAnswer, bool? namesServer, bool needsClient) = message.Type switch
        {
            Dhcpv6MessageType.Solicit or Dhcpv6MessageType.Confirm or Dhcpv6MessageType.Rebind => (true, (bool?)false, true),
            Dhcpv6MessageType.Request or Dhcpv6MessageType.Renew or Dhcpv6MessageType.Release => (true, true, true),
            Dhcpv6MessageType.InformationRequest => (true, null, false),
            _ => (false, null, false),
        };
        if (!mayAnswer)
        {
            return message.Type is Dhcpv6MessageType.Decline ? Dhcpv6Silence.DeclineNotUsed : Dhcpv6Silence.NotForServers;
        }

        bool hasServer = message.Find(Dhcpv6OptionCode.ServerId) is not null;
        if (namesServer is { } expected && expected != hasServer)
        {
            return Dhcpv6Silence.WrongServerId;
        }

        if ((needsClient || message.Find(Dhcpv6OptionCode.ClientId) is not null) && message.ClientId is null)
        {
            return Dhcpv6Silence.NoClientId;
        }

        if (hasServer && message.ServerId != settings.ServerId)
        {
            return Dhcpv6Silence.OtherServer;
        }

        if (message.Type is Dhcpv6MessageType.InformationRequest)
        {
            return message.Options.Any(option => option.Code is Dhcpv6OptionCode.IaNa or Dhcpv6OptionCode.IaTa or Dhcpv6OptionCode.IaPd or Dhcpv6OptionCode.IaLl) ? Dhcpv6Silence.Malformed : null;
        }

        if (!LinkLayerAssociation.TryReadAll(message.Options, out var associations))
        {
            return Dhcpv6Silence.Malformed;
        }

        return associations.Count == 0 ? Dhcpv6Silence.NothingAsked : associations.Count > MaxAssociations ? Dhcpv6Silence.TooManyAssociations : null;
    }

    /// <summary>Answers a message that <see cref="Check"/> has nothing against.</summary>
    /// <param name="query">The message.</param>
    /// <param name="cancellationToken">Ends the waiting, not what is under way.</param>
    /// <returns>The answer to the client, or why there is none.</returns>
    public async Task<(byte[]? Answer, Dhcpv6Silence Silence)> AnswerAsync(Dhcpv6Query query, CancellationToken cancellationToken)
    {
        try
        {
            if (!service.IsReady)
            {
                return (null, Dhcpv6Silence.StoreUnavailable);
            }

            if (service.FindClient(query.Link.Client) is not { } client || !client.MayUse(query.Link.VlanId) || !client.Allows(ClientScopes.Request) || client.ExpiresAt <= settings.Time.GetUtcNow())
            {
                return (null, Dhcpv6Silence.ClientForbidden);
            }

            query = query with { Party = client.ToParty() };

            return query.Message.Type switch
            {
                Dhcpv6MessageType.InformationRequest => (Write(query, Dhcpv6MessageType.Reply, []), default),
                Dhcpv6MessageType.Confirm => Confirm(query),
                Dhcpv6MessageType.Release => await ReleaseAsync(query, cancellationToken),
                _ => await AssociateAsync(query, cancellationToken),
            };
        }
        catch (MacSegmentationException error) when (error.Kind is MacErrorKind.Unavailable || error.EndsTransaction)
        {
            return (null, Dhcpv6Silence.StoreUnavailable);
        }
    }

    private async Task<(byte[]? Answer, Dhcpv6Silence Silence)> AssociateAsync(Dhcpv6Query query, CancellationToken cancellationToken)
    {
        bool isRapid = query.Message.Type is Dhcpv6MessageType.Solicit && query.Message.Find(Dhcpv6OptionCode.RapidCommit) is not null;
        var answers = new List<Dhcpv6Option>();
        if (isRapid)
        {
            answers.Add(new Dhcpv6Option(Dhcpv6OptionCode.RapidCommit, ReadOnlyMemory<byte>.Empty));
        }
        else if (query.Message.Type is Dhcpv6MessageType.Solicit && settings.Preference > 0)
        {
            answers.Add(new Dhcpv6Option(Dhcpv6OptionCode.Preference, new[] { settings.Preference }));
        }

        int associated = 0;
        foreach (var association in Associations(query))
        {
            var answer = query.Message.Type switch
            {
                Dhcpv6MessageType.Solicit => await GiveAsync(query, association, isOffer: !isRapid, cancellationToken),
                Dhcpv6MessageType.Request => await GiveAsync(query, association, isOffer: false, cancellationToken),
                _ => Extend(query, association),
            };
            if (answer is not null)
            {
                answers.Add(answer.ToOption());
                associated++;
            }
        }

        return associated == 0
            ? (null, Dhcpv6Silence.UnknownBinding)
            : (Write(query, query.Message.Type is Dhcpv6MessageType.Solicit && !isRapid ? Dhcpv6MessageType.Advertise : Dhcpv6MessageType.Reply, answers), default);
    }

    /// <summary>Gives an association its addresses, or says which it would get.</summary>
    private async Task<LinkLayerAssociation> GiveAsync(Dhcpv6Query query, LinkLayerAssociation association, bool isOffer, CancellationToken cancellationToken)
    {
        var block = association.Block ?? AnyBlock;
        if (block.MacAddress is not { } wanted)
        {
            return Refuse(association, Dhcpv6StatusCode.NoAddrsAvail, "Addresses of Ethernet are given out here.");
        }

        var request = new RunRequest
        {
            Handle = HandleOf(query, association),
            VlanId = query.Link.VlanId,
            Count = (int)Math.Min(block.ExtraAddresses + 1L, HandleRun.MaxCount),
            RequestedAddress = wanted.Value == 0 || wanted.IsGroup ? null : wanted,
            Quadrants = QuadrantsOf(query, association),
            Party = query.Party,
        };
        try
        {
            if (isOffer)
            {
                return Given(association, await service.OfferRunAsync(request, cancellationToken));
            }

            var given = await service.RequestRunAsync(request, cancellationToken);
            return Given(association, new MacRange(given[0].MacAddress, given[^1].MacAddress));
        }
        catch (MacSegmentationException error) when (!(error.Kind is MacErrorKind.Unavailable || error.EndsTransaction))
        {
            return error.ErrorId switch
            {
                "PoolExhausted" or "VlanNotFound" or "QuotaExceeded" => Refuse(association, Dhcpv6StatusCode.NoAddrsAvail, request.Quadrants.Count > 0 ? "No address of these quadrants is free." : "No address is free."),
                "HandleInOtherVlan" => Refuse(association, isOffer ? Dhcpv6StatusCode.NoAddrsAvail : Dhcpv6StatusCode.NotOnLink, "This association has its addresses on another link."),
                _ => Refuse(association, Dhcpv6StatusCode.UnspecFail, "The addresses cannot be given now."),
            };
        }
    }

    /// <summary>
    /// Renew and Rebind: the block as it is, whatever block is named; a block that is not the association's any more is named with no time left (RFC 9915 section 18.3.4). Null for what another
    /// server may know of.
    /// </summary>
    private LinkLayerAssociation? Extend(Dhcpv6Query query, LinkLayerAssociation association)
    {
        if (FindHeld(query, association) is not { } held)
        {
            return query.Message.Type is Dhcpv6MessageType.Rebind ? null : Refuse(association, Dhcpv6StatusCode.NoBinding, "There is no such association here.");
        }

        var given = Given(association, held);
        return NamesOther(association, held) ? given with { Options = [.. given.Options, (association.Block! with { ValidLifetime = 0, Options = [] }).ToOption()] } : given;
    }

    /// <summary>
    /// Confirm: whether what is named is right for the link. Only what the association itself holds is known to be; nothing is said of what is not known (RFC 9915 section 18.3.3).
    /// </summary>
    private (byte[]? Answer, Dhcpv6Silence Silence) Confirm(Dhcpv6Query query)
    {
        foreach (var association in Associations(query))
        {
            if (association.Block?.ToRange() is not { } named || service.FindHandle(HandleOf(query, association), string.Empty, query.Party) is not { State: HandleState.Held } record)
            {
                return (null, Dhcpv6Silence.UnknownBinding);
            }

            if (record.VlanId != query.Link.VlanId || FindHeld(query, association) != named)
            {
                return (Write(query, Dhcpv6MessageType.Reply, [new Dhcpv6Status(Dhcpv6StatusCode.NotOnLink, "Not all addresses are right for this link.").ToOption()]), default);
            }
        }

        return (Write(query, Dhcpv6MessageType.Reply, [new Dhcpv6Status(Dhcpv6StatusCode.Success, "All addresses are right for this link.").ToOption()]), default);
    }

    /// <summary>Release: of each association all its addresses (RFC 8947 section 9), or none.</summary>
    private async Task<(byte[]? Answer, Dhcpv6Silence Silence)> ReleaseAsync(Dhcpv6Query query, CancellationToken cancellationToken)
    {
        var answers = new List<Dhcpv6Option>();
        foreach (var association in Associations(query))
        {
            if (FindHeld(query, association) is not { } held || NamesOther(association, held))
            {
                answers.Add(Refuse(association, Dhcpv6StatusCode.NoBinding, "There is no such association here.").ToOption());
                continue;
            }

            try
            {
                await service.ReleaseRunAsync(HandleOf(query, association), query.Party, cancellationToken);
            }
            catch (MacSegmentationException error) when (!(error.Kind is MacErrorKind.Unavailable || error.EndsTransaction))
            {
                answers.Add((error.ErrorId is "HandleNotHeld" or "HandleNotFound"
                    ? Refuse(association, Dhcpv6StatusCode.NoBinding, "There is no such association here.")
                    : Refuse(association, Dhcpv6StatusCode.UnspecFail, "The addresses are in use, and stay.")).ToOption());
            }
        }

        answers.Add(new Dhcpv6Status(Dhcpv6StatusCode.Success, "Release received.").ToOption());
        return (Write(query, Dhcpv6MessageType.Reply, answers), default);
    }

    private static IReadOnlyList<LinkLayerAssociation> Associations(Dhcpv6Query query)
    {
        LinkLayerAssociation.TryReadAll(query.Message.Options, out var associations);
        return associations;
    }

    private static DeviceHandle HandleOf(Dhcpv6Query query, LinkLayerAssociation association) => query.Message.ClientId!.Value.ToHandle(association.Iaid);

    /// <summary>What the client says goes before what a relay says (RFC 8948 section 4.2 leaves it to the server).</summary>
    private static IReadOnlyList<SlapQuadrant> QuadrantsOf(Dhcpv6Query query, LinkLayerAssociation association) =>
        Dhcpv6Option.Find(association.Options, Dhcpv6OptionCode.SlapQuad) is { } option && QuadrantPreference.TryRead(option.Value, out var preferences) && preferences.Count > 0
            ? QuadrantPreference.Rank(preferences)
            : query.RelayQuadrants;

    /// <summary>True if the client names another block than it has. One of zeros names none.</summary>
    private static bool NamesOther(LinkLayerAssociation association, MacRange held) =>
        association.Block is { } block && block.Address.Span.ContainsAnyExcept((byte)0) && block.ToRange() != held;

    private static LinkLayerAssociation Refuse(LinkLayerAssociation association, Dhcpv6StatusCode code, string why) =>
        new() { Iaid = association.Iaid, Options = [new Dhcpv6Status(code, why).ToOption()] };

    private LinkLayerAssociation Given(LinkLayerAssociation association, MacRange range) =>
        new() { Iaid = association.Iaid, T1 = settings.T1, T2 = settings.T2, Options = [LinkLayerBlock.Of(range, settings.Lifetime).ToOption()] };

    private MacRange? FindHeld(Dhcpv6Query query, LinkLayerAssociation association)
    {
        var handle = HandleOf(query, association);
        MacRange? held = null;
        for (int place = 0; place < HandleRun.MaxCount; place++)
        {
            var found = service.Find(new HandleRequest { Handle = HandleRun.Member(handle, place), VlanId = query.Link.VlanId, Party = query.Party });
            if (found is null || (held is { } so && found.MacAddress.Value != so.Last.Value + 1))
            {
                break;
            }

            held = new MacRange(held?.First ?? found.MacAddress, found.MacAddress);
        }

        return held;
    }

    private byte[] Write(Dhcpv6Query query, Dhcpv6MessageType type, List<Dhcpv6Option> options)
    {
        var all = new List<Dhcpv6Option> { new(Dhcpv6OptionCode.ServerId, settings.ServerId.ToArray()) };
        if (query.Message.Find(Dhcpv6OptionCode.ClientId) is { } client)
        {
            all.Insert(0, client);
        }

        all.AddRange(options);
        return new Dhcpv6Message { Type = type, TransactionId = query.Message.TransactionId, Options = all }.ToArray();
    }
}
