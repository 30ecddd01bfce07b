using MacSegmentation.Stores.Tables;
using MacSegmentation.Watches;

namespace MacSegmentation.Stores.Watches;

/// <summary>The questions about watches, as queries.</summary>
internal interface ISqlWatchReader : IWatchReader, ISqlSession
{
    MacWatch? IWatchReader.FindWatch(string name) => Connection.Prepare(WatchTable.Select).Bind(1, NameKeys.Of(name)).First(WatchTable.Rows.Read);

    IReadOnlyList<MacWatch> IWatchReader.ListWatches() => Connection.Prepare(WatchTable.SelectAll).All(WatchTable.Rows.Read);

    IReadOnlyList<SpooledEvent> IWatchReader.ListSpooledEvents(string name, int limit) =>
        FindWatch(name) is not { } watch ? [] : [.. Connection.Prepare(WatchTable.SelectSpool).Bind(1, NameKeys.Of(name)).Bind(2, (long)limit).All(WatchTable.Spool.Read).Select(row => row.ToEvent(watch.Name))];

    long IWatchReader.CountSpooledEvents(string name) => Connection.Prepare("SELECT count(*) FROM spooled_event WHERE watch_key = ?").Bind(1, NameKeys.Of(name)).Scalar();
}
