using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Tags;
using MacSegmentation.Verdicts;
using static MacSegmentation.Switch.BridgeFrames;

namespace MacSegmentation.Partitions;

/// <summary>A web server that may ask its database, and nothing else: policy 1 allows that, policy 2 denies the rest.</summary>
internal static class WebAndDatabase
{
    /// <summary>From the web server to the database, the answer, and a question the other way.</summary>
    public static readonly byte[] Question = Udp(MacA, MacB, A, B);
    public static readonly byte[] Answer = new FrameBuilder(Mac(MacB), Mac(MacA)).Udp(IPAddress.Parse(B), IPAddress.Parse(A), 5000, 4000, new byte[64]);
    public static readonly byte[] OtherQuestion = new FrameBuilder(Mac(MacB), Mac(MacA)).Udp(IPAddress.Parse(B), IPAddress.Parse(A), 5001, 4000, new byte[64]);

    /// <summary>The configuration.</summary>
    /// <param name="isPartitionStaged">True if the web servers' partition is staged.</param>
    /// <param name="isDenialStaged">True if policy 2 is.</param>
    /// <param name="defaultAction">That of the VLAN.</param>
    public static ConfigurationSnapshot Snapshot(bool isPartitionStaged = false, bool isDenialStaged = false, PolicyAction defaultAction = PolicyAction.Allow)
    {
        MacPartitionPolicy Policy(int order, string peer, PartitionAction action) => new()
        {
            PolicyId = order,
            Partition = "web",
            Order = order,
            Peer = PartitionPeer.Parse(peer, provider: null),
            Direction = action == PartitionAction.Allow ? TrafficDirection.Outbound : null,
            Action = action,
            IsStaged = isDenialStaged && action == PartitionAction.Deny,
        };
        MacInterface[] records =
        [
            TestBridge.Record("web", 10, MacA, A + "/24") with { Tag = [MacTag.OfText("web")] },
            TestBridge.Record("db", 10, MacB, B + "/24") with { Tag = [MacTag.OfText("db")] },
        ];
        MacPartition[] partitions =
        [
            new() { Id = 1, Name = "web", IsStaged = isPartitionStaged, Tag = [MacTag.OfText("web")], Policy = [Policy(1, "db", PartitionAction.Allow), Policy(2, "*", PartitionAction.Deny)] },
            new() { Id = 2, Name = "db", Tag = [MacTag.OfText("db")] },
        ];
        return new ConfigurationSnapshot(1, [new VlanPolicies(10, defaultAction, [])]) { Interfaces = [.. records] }.With([.. partitions]);
    }
}
