using MacSegmentation.Addressing;
using MacSegmentation.Documents;

namespace MacSegmentation.Pools;

/// <summary>A reservation of the declarative document.</summary>
public sealed record ReservationConfiguration
{
    /// <summary>The addresses, all of the VLAN's pool.</summary>
    public required MacRange Range { get; init; }

    /// <summary>What they are kept for; empty if nothing is said.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>Its members in the document.</summary>
    internal static DocumentObject<ReservationConfiguration> Document { get; } = new DocumentObject<ReservationConfiguration>("reservation", "a reservation", new() { Range = default })
        .Required(
            "range",
            "The addresses, all of the VLAN's pool: first-last, address/prefix length, or one address.",
            AddressTypes.Range,
            reservation => reservation.Range,
            (reservation, range) => reservation with { Range = range },
            "RangeNotInVlan",
            "ReservationExists",
            "RangeDelegated")
        .Optional(
            "description",
            "What they are kept for.",
            new TextType { MaxLength = ReservationList.MaxDescriptionLength },
            reservation => reservation.Description,
            (reservation, description) => reservation with { Description = description },
            "InvalidReservationDescription");

    /// <summary>What a document says of a store's reservation.</summary>
    internal static ReservationConfiguration Of(MacReservation reservation) => new() { Range = reservation.Range, Description = reservation.Description };
}
