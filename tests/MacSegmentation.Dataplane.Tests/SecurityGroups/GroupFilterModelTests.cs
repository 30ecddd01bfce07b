using System.Net;
using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Flows;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pipeline;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.SecurityGroups;

public class GroupFilterModelTests
{
    private static readonly Gen<Step> Steps = Gen.Frequency(
    [
        (20, from packet in GroupGenerators.Packets
             from elsewhere in Gen.Choose(0, 30)
             from vlanId in Gen.Frequency([(9, Gen.Constant(10)), (1, Gen.Constant(20))])
             select new Step { Packet = packet, Elsewhere = elsewhere, VlanId = vlanId }),
        (30, from back in Gen.Choose(1, 8)
             from repeats in Gen.Elements(true, false)
             from flags in GroupGenerators.Flags
             select new Step { Back = back, Repeats = repeats, Flags = flags }),
        (4, from back in Gen.Choose(1, 8)
            from address in Gen.Elements(GroupGenerators.Addresses)
            from octets in Gen.Elements(3, 4, 8, 20)
            select new Step { Back = back, ErrorFrom = address, QuotedOctets = octets }),
        (6, from seconds in Gen.Elements(1, 9, 10, 29, 30, 59, 60, 299, 300, 600, 7439, 7440)
            select new Step { Seconds = seconds }),
        (3, from configuration in GroupGenerators.Configurations
            select new Step { Configuration = configuration }),
    ]);

    [Fact]
    public void Every_packet_is_judged_as_the_plain_rules_say()
    {
        int admitted = 0;
        int refused = 0;
        var reasons = new HashSet<VerdictReason>();
        var cases =
            from configuration in GroupGenerators.Configurations
            from capacity in Gen.Elements(1, 2, 3, 6, 64)
            from steps in Gen.ListOf(Steps, 120)
            select (configuration, capacity, steps);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1500), Prop.ForAll(cases.ToArbitrary(), given =>
        {
            var run = new Run(given.configuration, given.capacity);
            foreach (var step in given.steps)
            {
                run.Take(step);
            }

            admitted += run.Admitted;
            refused += run.Refused.Count;
            reasons.UnionWith(run.Refused);
        }));

        // The runs say something only if they meet all of it.
        Assert.InRange((double)admitted / (admitted + refused), 0.2, 0.8);
        Assert.Equal(
            [SecurityGroupStage.NotAdmitted, PacketReasons.FlowTableFull, PacketReasons.TruncatedHeader, PacketReasons.FragmentNotAllowed],
            reasons.OrderBy(reason => Array.IndexOf([SecurityGroupStage.NotAdmitted, PacketReasons.FlowTableFull, PacketReasons.TruncatedHeader, PacketReasons.FragmentNotAllowed], reason)));
    }

    /// <summary>The filter and the model side by side.</summary>
    private sealed class Run
    {
        private readonly GroupFilter filter;
        private readonly GroupModel model;
        private readonly List<(TestPacket Packet, int From, int To, int VlanId)> sent = [];
        private readonly List<string> story = [];
        private GroupTable? table;

        public Run(ConfigurationSnapshot configuration, int capacity)
        {
            filter = new GroupFilter(capacity, FlowSeed.From(1), fragmentCapacity: capacity);
            model = new GroupModel(capacity) { Now = 1_000_000_000 };
            Configure(configuration);
        }

        public int Admitted { get; private set; }

        public List<VerdictReason> Refused { get; } = [];

        public void Take(Step step)
        {
            if (step.Configuration is { } configuration)
            {
                Configure(configuration);
            }
            else if (step.Packet is { } packet)
            {
                Send(packet, (PortOf(packet.Source) + (step.Elsewhere == 0 ? 1 : 0)) % 4, (PortOf(packet.Destination) + (step.Elsewhere == 1 ? 1 : 0)) % 4, step.VlanId);
            }
            else if (step.Back > 0 && step.Back <= sent.Count)
            {
                var (before, from, to, vlanId) = sent[^step.Back];
                if (step.ErrorFrom is null)
                {
                    Send(step.Repeats ? before with { Flags = before.Protocol == TestPacket.Tcp ? step.Flags : (byte)0 } : before.Answer(step.Flags), step.Repeats ? from : to, step.Repeats ? to : from, vlanId);
                }
                else if (IPAddress.Parse(step.ErrorFrom).AddressFamily == before.Source.AddressFamily
                    && before is { IsCut: false, Quoted: null, Fragment: TestPacket.Part.Whole or TestPacket.Part.First })
                {
                    Send(before.Error(step.ErrorFrom) with { QuotedOctets = step.QuotedOctets }, PortOf(IPAddress.Parse(step.ErrorFrom)), from, vlanId);
                }
            }

            model.Now += step.Seconds * 1_000_000_000L;
        }

        private static int PortOf(IPAddress address) => address.GetAddressBytes()[^1] % 9;

        private MacInterface? RecordOf(int port) => port == 0 ? null : model.Configuration.Interfaces[port - 1];

        private void Configure(ConfigurationSnapshot configuration)
        {
            model.Configuration = configuration;
            model.Epoch++;
            table = CompiledGroups.Compile(configuration, table);
            story.Add(string.Join("; ", configuration.Of<MacSecurityGroup>().SelectMany(group => group.Rule.Select(rule => $"{group.Name}: {rule}")))
                + " | " + string.Join("; ", configuration.Interfaces.Select(record => $"{record.Name}: {string.Join(',', record.SecurityGroup)}, {record.AddressPair[0].IPAddress}")));
        }

        private void Send(TestPacket packet, int from, int to, int vlanId)
        {
            sent.Add((packet, from, to, vlanId));
            byte[] frame = packet.Frame();
            PacketHeader.Read(frame, out var header);
            var expected = model.WhyRefused(RecordOf(from), RecordOf(to), vlanId, packet);
            bool isAdmitted = filter.Admit(GroupsOf(from), GroupsOf(to), vlanId, header, frame, model.Epoch, model.Now, out var reason);
            story.Add($"{model.Now / 1_000_000_000} s: {from} to {to}: {packet}: {expected?.ToString() ?? "admitted"}");
            Assert.True(isAdmitted == expected is null && (isAdmitted || reason == expected), $"{isAdmitted}, {reason} after\n{string.Join('\n', story)}");
            Admitted += isAdmitted ? 1 : 0;
            if (expected is { } refusal)
            {
                Refused.Add(refusal);
            }
        }

        private PortGroups GroupsOf(int port) => RecordOf(port) is { } record ? table!.Of(record) : PortGroups.Unrestricted;
    }

    /// <summary>One thing that happens; what is not set does not.</summary>
    private sealed record Step
    {
        public TestPacket? Packet { get; init; }

        public int Elsewhere { get; init; }

        public int VlanId { get; init; }

        public int Back { get; init; }

        public bool Repeats { get; init; }

        public byte Flags { get; init; }

        public string? ErrorFrom { get; init; }

        public int QuotedOctets { get; init; }

        public int Seconds { get; init; }

        public ConfigurationSnapshot? Configuration { get; init; }
    }
}
