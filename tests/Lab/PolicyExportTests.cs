using System.Buffers.Binary;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.Lab.Network;
using MacSegmentation.Policies;
using MacSegmentation.PolicyExport;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Lab;

/// <summary>Policies that other enforcement points have loaded: they decide over random frames as the compiled table does.</summary>
public sealed class PolicyExportTests : IDisposable
{
    private const int Vlan = 10;
    private const int OtherVlan = 11;
    private const int Experimental = 0x88b5;

    /// <summary>What addresses begin with, so that policies and frames meet.</summary>
    private static readonly ulong[] Stems = [0x0200_0000_0000, 0x0200_5E10_0000, 0x001A_2B00_0000];

    private static readonly ulong[] Masks = [0xFFFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF, 0xFFFF_FFFF_FFFC, 0xFFFF_FF00_0000, 0xFF00_0000_0003, 0x0100_0000_0000, 0];

    private readonly LabStore store = new();

    /// <inheritdoc/>
    public void Dispose() => store.Dispose();

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public void The_kernels_bridge_with_nftables_lets_the_same_frames_pass(int seed, bool untagged)
    {
        SystemProgram.Require("nft", "nftables");
        var random = new Random(seed);
        using var network = new BridgedNetwork();
        var sender = network.AddHost("sender", MacAddress.Parse("02:00:00:00:ff:01"));
        var receiver = network.AddHost("receiver", MacAddress.Parse("02:00:00:00:ff:02"));
        network.FloodAlways();
        var table = WritePolicies(random);
        string file = store.WriteFile("policies.nft", Export(PolicyExportFormat.Nftables, untagged));
        for (int time = 0; time < 2; time++)
        {
            // The second time it takes the place of the first.
            network.Execute("nft", "-f", file);
        }

        var expected = new List<int>();
        using var listener = receiver.Listen();
        using var talker = sender.Talk();
        int number = 0;
        foreach (var (source, destination) in Frames(random, 200))
        {
            foreach (int? tag in new int?[] { null, Vlan, OtherVlan })
            {
                if (IsAllowed(table, tag, untagged, source, destination))
                {
                    expected.Add(number);
                }

                talker.Send(new FrameBuilder(source, destination, tag).Ethernet(Experimental, BitConverter.GetBytes(number++)));
            }
        }

        // The last one passes, and comes last.
        expected.Add(number);
        talker.Send(new FrameBuilder(sender.Mac, receiver.Mac, OtherVlan).Ethernet(Experimental, BitConverter.GetBytes(number)));
        Deadline.Await("the last frame passes", () => Heard(listener).Contains(number));
        Assert.InRange(expected.Count, 250, number - 50);
        Assert.Equal(expected, Heard(listener).Order());
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void Open_vSwitch_lets_the_same_frames_pass(int seed, bool untagged)
    {
        using var openSwitch = new OpenSwitch();
        var random = new Random(seed);
        var table = WritePolicies(random);
        string file = store.WriteFile("policies.flows", Export(PolicyExportFormat.OpenFlow, untagged));
        openSwitch.AddFlows(file);
        int flows = openSwitch.CountFlows();
        openSwitch.AddFlows(file);
        Assert.Equal(flows, openSwitch.CountFlows());

        int allowed = 0, refused = 0;
        foreach (var (source, destination) in Frames(random, 100))
        {
            foreach (int? tag in new int?[] { null, Vlan, OtherVlan })
            {
                bool expected = IsAllowed(table, tag, untagged, source, destination);
                Assert.Equal(expected, openSwitch.Forwards(source, destination, tag));
                _ = expected ? allowed++ : refused++;
            }
        }

        Assert.True(allowed > 100 && refused > 30, $"{allowed} frames were allowed, {refused} refused.");
    }

    private static bool IsAllowed(DecisionTable table, int? tag, bool untagged, MacAddress source, MacAddress destination) =>
        (tag is null ? !untagged : tag != Vlan) || table.Decide(Vlan, source.Value, destination.Value).Action == PolicyAction.Allow;

    private static IEnumerable<int> Heard(Listener listener) => listener.Heard.Select(heard => heard.Bytes)
        .Where(frame => PayloadOf(frame) is not null).Select(frame => PayloadOf(frame)!.Value);

    private static int? PayloadOf(byte[] frame)
    {
        PacketHeader.Read(frame, out var packet);
        return packet.EtherType == Experimental ? BinaryPrimitives.ReadInt32LittleEndian(frame.AsSpan(packet.NetworkOffset)) : null;
    }

    private static ulong Address(Random random) => Stems[random.Next(Stems.Length)] + (ulong)random.Next(1, 8);

    private static MacPattern Pattern(Random random) => new(new MacAddress(Address(random)), new MacAddress(Masks[random.Next(Masks.Length)]));

    private static IEnumerable<(MacAddress Source, MacAddress Destination)> Frames(Random random, int count) => Enumerable.Range(0, count).Select(_ =>
        (new MacAddress(Address(random)), random.Next(8) switch { 0 => MacAddress.Broadcast, 1 => MacAddress.Parse("01:00:5e:00:00:05"), _ => new MacAddress(Address(random)) }));

    private string Export(PolicyExportFormat format, bool untagged) =>
        store.Write(writer => PolicyExporter.Export(writer, new PolicyExportRequest { Format = format, VlanIds = [Vlan], Untagged = untagged })).Text;

    /// <summary>Writes a VLAN with random policies into the store.</summary>
    /// <returns>What an enforcer would decide by.</returns>
    private DecisionTable WritePolicies(Random random)
    {
        var defaultAction = random.Next(2) == 0 ? PolicyAction.Allow : PolicyAction.Deny;
        var policies = store.Write(writer =>
        {
            VlanCatalog.Create(writer, new MacVlan { VlanId = Vlan, DefaultAction = defaultAction });
            var matches = Enumerable.Range(0, 60).Select(_ => (Source: Pattern(random), Destination: Pattern(random))).Where(match => !match.Source.IsAny || !match.Destination.IsAny).Distinct();
            foreach (var (source, destination) in matches)
            {
                PolicyList.Add(writer, Vlan, source, destination, (PolicyAction)random.Next(3));
            }

            // Neighbours that are one verdict map.
            foreach (ulong source in Enumerable.Range(1, 7).Select(low => Stems[0] + (ulong)low))
            {
                PolicyList.Add(writer, Vlan, MacPattern.Exactly(new MacAddress(source)), MacPattern.Exactly(MacAddress.Broadcast), (PolicyAction)random.Next(3));
            }

            return writer.ListPolicies(Vlan);
        });
        return DecisionTable.Compile(new ConfigurationSnapshot(1, [new VlanPolicies(Vlan, defaultAction, [.. policies])]));
    }
}
