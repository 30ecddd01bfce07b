using MacSegmentation.Documents;
using MacSegmentation.Vlans;

namespace MacSegmentation.Pools;

/// <summary>Which reservations go and are made. They are made when all that is given out by name is, because what has an address keeps it.</summary>
/// <param name="store">The transaction.</param>
/// <param name="cursor">Where in the document work is being done.</param>
/// <param name="lists">The reservations of each VLAN of the document.</param>
internal sealed class ReservationPart(IPoolWriter store, DocumentCursor cursor, IReadOnlyList<VlanItems<ReservationConfiguration>> lists) : IDocumentPart
{
    private readonly List<Wanted> added = [];

    /// <inheritdoc/>
    public void Clear()
    {
        foreach (var (vlanId, reservations) in lists)
        {
            var existing = store.ListReservations(vlanId).ToDictionary(reservation => reservation.Range);
            cursor.ForEach(reservations, wanted =>
            {
                if (!existing.Remove(wanted.Range, out var held))
                {
                    added.Add(new Wanted(cursor.Place!, vlanId, wanted));
                }
                else if (!string.Equals(held.Description, wanted.Description, StringComparison.Ordinal))
                {
                    ReservationList.Change(store, vlanId, wanted.Range, wanted.Description);
                }
            });

            foreach (var superfluous in existing.Keys)
            {
                ReservationList.Remove(store, vlanId, superfluous);
            }
        }
    }

    /// <inheritdoc/>
    public void Make()
    {
        foreach (var (place, vlanId, wanted) in added)
        {
            cursor.Place = place;
            ReservationList.Add(store, vlanId, wanted.Range, wanted.Description);
        }
    }

    /// <summary>A reservation that the document has and the store has not.</summary>
    private sealed record Wanted(DocumentPlace Place, int VlanId, ReservationConfiguration Reservation);
}
