using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;
using MacSegmentation.Watches;

namespace MacSegmentation.Stores.Watches;

/// <summary>What watches know and tell, as statements.</summary>
internal interface ISqlWatchObservation : ISqlWatchReader, IWatchObservation
{
    void IWatchObservation.UpsertWatch(MacWatch watch) => Connection.Prepare(WatchTable.Put)
        .Bind(1, NameKeys.Of(watch.Name))
        .Bind(2, watch.Name)
        .Bind(3, watch.Holder)
        .Bind(4, watch.HostName)
        .Bind(5, watch.Process)
        .Bind(6, watch.HeldUntil == default ? 0 : StoredTime.From(watch.HeldUntil))
        .Bind(7, watch.Known)
        .Bind(8, watch.LastEvent)
        .Bind(9, watch.Lost)
        .Bind(10, watch.LostInAll)
        .Bind(11, watch.Delivered)
        .Bind(12, watch.DeliveredAt is { } time ? StoredTime.From(time) : (long?)null)
        .Run();

    void IWatchObservation.InsertSpooledEvent(SpooledEvent spooled) => Connection.Prepare(WatchTable.PutSpooled)
        .Bind(1, NameKeys.Of(spooled.Watch))
        .Bind(2, spooled.Number)
        .Bind(3, spooled.Event.Id)
        .Bind(4, spooled.Event.Kind)
        .Bind(5, StoredTime.From(spooled.Event.Time))
        .Bind(6, spooled.Event.Condition)
        .Bind(7, spooled.Event.Subject)
        .Bind(8, spooled.Event.Message)
        .Bind(9, spooled.Event.StoreId)
        .Run();

    long IWatchObservation.DeleteSpooledEvents(string name, long upTo)
    {
        long before = CountSpooledEvents(name);
        Connection.Prepare("DELETE FROM spooled_event WHERE watch_key = ? AND event_number <= ?").Bind(1, NameKeys.Of(name)).Bind(2, upTo).Run();
        return before - CountSpooledEvents(name);
    }
}
