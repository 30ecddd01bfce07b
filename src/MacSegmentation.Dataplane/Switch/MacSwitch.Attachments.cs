using MacSegmentation.InterfaceRecords;
using MacSegmentation.Ports;

namespace MacSegmentation.Switch;

/// <content>Ports that the switch has to spare, for instances that come while it runs. Which one is for whom, its tables say.</content>
public sealed partial class MacSwitch
{
    /// <summary>True if it can be given adapters while it runs.</summary>
    internal bool HasSparePorts => Array.Exists(ports, port => port.IsSpare);

    /// <summary>Instances that it is to have a port for and has none; from any thread.</summary>
    internal IReadOnlyList<MacInterface> ListUnplaced() => WithTurn(() => pipeline.Unplaced);

    /// <summary>The spare ports that are for an instance now; from any thread.</summary>
    internal IReadOnlyList<(int Port, MacInterface Record)> ListAttachments() =>
        WithTurn(() => (IReadOnlyList<(int, MacInterface)>)[.. ports.Where(port => port is { IsSpare: true, Record: not null }).Select(port => (port.Index, port.Record!))]);

    /// <summary>Gives a spare port its adapter, which stays the caller's; from any thread.</summary>
    /// <param name="port">The port's place.</param>
    /// <param name="source">What arrives.</param>
    /// <param name="sink">Where it sends.</param>
    internal void Plug(int port, IPolledSource source, IPolledSink sink) => WithTurn(() =>
    {
        services[port].BeginAnew(sink.Name);
        services[port].SpareSink!.Plug(sink);
        ((SpareSource)services[port].Source).Plug(source);
    });

    /// <summary>Takes the adapter of a spare port away; from the return on the caller may close it. From any thread.</summary>
    /// <param name="port">The port's place.</param>
    internal void Unplug(int port)
    {
        // Not within the turn: who reads the adapter waits for that.
        ((SpareSource)services[port].Source).Unplug();
        WithTurn(() => services[port].SpareSink!.Plug(null));
    }
}
