using System.Globalization;
using MacSegmentation.Adapters;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.LivePorts;
using MacSegmentation.Offloads;
using MacSegmentation.PacketSockets;
using MacSegmentation.Ports;

namespace MacSegmentation.Attaching;

/// <summary>What was made for one instance: a TAP device or a veth pair, and the port that stands on it. Disposing it removes it from the host.</summary>
internal sealed class InstanceLink : IDisposable
{
    private readonly NetworkLinks links;
    private readonly IDisposable port;
    private readonly SocketHandle asking;
    private readonly string adapter;
    private readonly int index;

    private InstanceLink(NetworkLinks links, MacInterface record, string adapter, int index, IDisposable port, IFrameSource source, IFrameSink sink, SocketHandle asking)
    {
        this.links = links;
        this.port = port;
        this.asking = asking;
        this.adapter = adapter;
        this.index = index;
        Record = record;
        Source = (IPolledSource)source;
        Sink = (IPolledSink)sink;
    }

    /// <summary>The interface record as it was when this was made for it.</summary>
    public MacInterface Record { get; }

    /// <summary>What the instance sends.</summary>
    public IPolledSource Source { get; }

    /// <summary>What goes to the instance.</summary>
    public IPolledSink Sink { get; }

    /// <summary>True if somebody has removed it. A TAP device's adapter may be in another network namespace, and goes with its descriptor only.</summary>
    public bool IsGone => Record.Attachment!.Kind == AttachmentKind.Veth && IndexOf(asking, adapter) != index;

    /// <summary>What marks the links of a store's instances: the alias of each begins so.</summary>
    public static string AliasOf(string storeId) => $"macsegmentation:{storeId}:";

    /// <summary>Makes what an instance wants, in the calling thread's network namespace.</summary>
    /// <param name="links">The host's links.</param>
    /// <param name="storeId">The store that has the instance.</param>
    /// <param name="record">Its interface record, with an attachment.</param>
    /// <param name="clock">What tells when a frame arrived.</param>
    /// <exception cref="LinkException">The kernel refuses.</exception>
    /// <exception cref="Errors.MacSegmentationException">Those of <see cref="LivePort.Open"/>.</exception>
    public static InstanceLink Make(NetworkLinks links, string storeId, MacInterface record, TimeProvider clock)
    {
        string alias = AliasOf(storeId) + record.InterfaceId.ToString(CultureInfo.InvariantCulture);
        var asking = SocketHandle.ForQuestions();
        try
        {
            return record.Attachment!.Kind == AttachmentKind.Tap ? MakeTap(links, record, alias, asking, clock) : MakeVeth(links, record, alias, asking);
        }
        catch
        {
            asking.Dispose();
            throw;
        }
    }

    /// <summary>Removes from the host what an enforcer of a store left there when it was killed. What a running one has stays.</summary>
    /// <param name="links">The host's links.</param>
    /// <param name="isLeft">Tells which may have been left.</param>
    /// <returns>True if something was removed.</returns>
    public static bool RemoveLeft(NetworkLinks links, Predicate<NetworkLink> isLeft)
    {
        bool isAny = false;
        foreach (var link in links.List().Where(isLeft.Invoke))
        {
            // The lock of an adapter goes with the process that has it.
            using var free = AdapterSocket.TryTake(link.Index, out _);
            if (free is not null)
            {
                links.Remove(link.Index);
                isAny = true;
            }
        }

        return isAny;
    }

    /// <summary>Removes it from the host, whoever still uses it.</summary>
    public void Remove()
    {
        if (Record.Attachment!.Kind == AttachmentKind.Veth)
        {
            links.Remove(index);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Remove();
        }
        finally
        {
            port.Dispose();
            asking.Dispose();
        }
    }

    private static InstanceLink MakeTap(NetworkLinks links, MacInterface record, string alias, SocketHandle asking, TimeProvider clock)
    {
        string adapter = InterfaceAttachment.AdapterOf(record);
        var tap = TapDevice.Make(adapter, clock);
        try
        {
            int index = IndexOf(asking, adapter);
            links.SetAddress(index, record.MacAddress);
            links.SetAlias(index, alias);
            return new InstanceLink(links, record, adapter, index, tap, tap, tap, asking);
        }
        catch
        {
            tap.Dispose();
            throw;
        }
    }

    private static InstanceLink MakeVeth(NetworkLinks links, MacInterface record, string alias, SocketHandle asking)
    {
        string adapter = InterfaceAttachment.PortOf(record);
        links.MakeVeth(adapter, InterfaceAttachment.AdapterOf(record), record.MacAddress);
        int index = IndexOf(asking, adapter);
        LivePort? port = null;
        try
        {
            // Both ends are ours: frames come whole, and finished. Nobody has to turn anything on again, because both go.
            foreach (var offloads in OffloadInspector.Inspect(adapter).Where(offload => offload.Effect != OffloadEffect.OutOfSight).GroupBy(offload => offload.AdapterName, StringComparer.Ordinal))
            {
                _ = new DriverFeatures(new LinuxAdapter(asking.Descriptor, offloads.Key)).TrySet([.. offloads.Select(offload => offload.Feature)], on: false);
            }

            links.SetUp(index);
            port = LivePort.Open(adapter);
            links.SetAlias(index, alias);
            return new InstanceLink(links, record, adapter, index, port, port.Source, port.Sink, asking);
        }
        catch
        {
            port?.Dispose();
            links.Remove(index);
            throw;
        }
    }

    private static int IndexOf(SocketHandle asking, string name) => new LinuxAdapter(asking.Descriptor, name).Index;
}
