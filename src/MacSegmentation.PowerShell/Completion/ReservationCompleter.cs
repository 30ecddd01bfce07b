using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes the reservations of the VLAN that was given, or of all.</summary>
internal sealed class ReservationCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => store.ListReservations(BoundVlan(bound))
        .Select(reservation => new CompletionCandidate($"{reservation.Range}", $"{reservation.Size} addresses of VLAN {reservation.VlanId}{(reservation.Description.Length > 0 ? $", {reservation.Description}" : string.Empty)}"));
}
