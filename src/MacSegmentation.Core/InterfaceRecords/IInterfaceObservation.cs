using MacSegmentation.Transactions;

namespace MacSegmentation.InterfaceRecords;

/// <summary>Writes down who uses interface records.</summary>
public interface IInterfaceObservation : IInterfaceReader, IObservation
{
    /// <summary>
    /// An enforcer uses an interface, or still does; nothing if the interface is gone. What was last seen long ago is forgotten with it.
    /// </summary>
    void UpsertInterfaceUse(InterfaceUse use);

    /// <summary>Removes all uses by an enforcer.</summary>
    void DeleteInterfaceUses(string enforcerId);
}
