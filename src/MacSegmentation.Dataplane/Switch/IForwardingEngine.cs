using MacSegmentation.Counting;
using MacSegmentation.Emulation;
using MacSegmentation.Partitions;
using MacSegmentation.Pipeline;
using MacSegmentation.Policies;
using MacSegmentation.Stores;
using MacSegmentation.Workers;

namespace MacSegmentation.Switch;

/// <summary>What an enforcer's threads work on together.</summary>
internal interface IForwardingEngine
{
    /// <summary>The ports that are read, at least one, in a fixed order.</summary>
    IReadOnlyList<IServedPort> Ports { get; }

    /// <summary>Compiles a configuration beside the frames, under no lock that a frame takes. The calls are serialised.</summary>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="policies">Its compiled policies.</param>
    /// <returns>What puts it in force between two batches of frames; to be run before the next call, or never.</returns>
    Action Prepare(ConfigurationSnapshot snapshot, DecisionTable policies);

    /// <summary>How many frames each policy of the active table decided over, by its index; from any thread.</summary>
    long[] ReadPolicyHits();

    /// <summary>How many frames each policy of the active partitions decided over, or would have if it is staged; from any thread.</summary>
    IReadOnlyList<PartitionHits> ReadPartitionHits();

    /// <summary>What came in by the ports of interface records; from any thread.</summary>
    /// <param name="into">Gets an entry for each of them.</param>
    void ReadArrivals(List<PortArrivals> into)
    {
    }

    /// <summary>What went by the ports of interface records; from any thread.</summary>
    /// <param name="into">Gets an entry for each of them.</param>
    void ReadNics(List<NicCounts> into)
    {
    }

    /// <summary>What the vNIC profile of a port does with what its instance sends, and with what goes to it; from any thread.</summary>
    /// <param name="port">The port's place, as <see cref="ReadNics"/> tells it.</param>
    (LinkStatistics? FromInstance, LinkStatistics? ToInstance) DescribeLinks(int port) => default;

    /// <summary>Makes the threads' work.</summary>
    IReadOnlyList<IWorker> MakeWorkers();
}
