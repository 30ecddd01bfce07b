using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Forwarding;
using MacSegmentation.Frames;
using MacSegmentation.Ingress;
using MacSegmentation.Ownership;
using MacSegmentation.Pipeline;
using MacSegmentation.PortSecurity;
using MacSegmentation.StormControl;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Switch.Lookup;

/// <summary>The way of frames through whole switches, frame by frame against a plain one: verdict, reason, ports and octets.</summary>
public class LookupTests
{
    [Fact]
    public void Every_frame_goes_where_the_description_says()
    {
        var met = new Dictionary<(PolicyAction, VerdictReason), int>();
        var scenarios = Gen.Choose(0, int.MaxValue - 1).Select(ScenarioGenerator.Draw);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(800), Prop.ForAll(Arb.From(scenarios, scenario => scenario.Shrink()), scenario => Run(scenario, met)));

        // Every outcome was met that a frame can have without security groups and with ports that take what they are given.
        VerdictReason[] expected =
        [
            VerdictReason.Policy, VerdictReason.DefaultAction, VerdictReason.UnknownVlan, ReceiveStage.Malformed, ReceiveStage.VlanNotAllowed, ReceiveStage.LinkLocalControl,
            ReceiveStage.GroupAddressAsSource, PortSecurityReasons.SourceMacNotAllowed, PortSecurityReasons.SourceIPNotAllowed, PortSecurityReasons.ArpSenderNotAllowed,
            PacketReasons.NeighborDiscoveryNotAllowed, PortSecurityReasons.VrrpAddressNotAllowed, LearningStage.AddressHeldElsewhere, ReceiveStage.InterfaceRemoved,
            LearningStage.PortAddressLimit, LearningStage.ForwardingTableFull, StormControlStage.StormLimit, LookupStage.SamePort, LookupStage.NoDestination, ResponderStage.Answered,
            SendStage.InnerTag,
        ];
        Assert.Equal(expected.ToHashSet(), met.Keys.Select(outcome => outcome.Item2).ToHashSet());
    }

    private static void Run(Scenario scenario, Dictionary<(PolicyAction, VerdictReason), int> met)
    {
        var bridge = new TestBridge(scenario.Configurations[0], scenario.Ports, scenario.Options);
        var plain = new PlainSwitch(scenario.Ports, scenario.Options);
        plain.Use(scenario.Configurations[0]);
        int now = 0;
        foreach (var step in scenario.Steps)
        {
            now += step.Seconds;
            bridge.Advance(TimeSpan.FromSeconds(step.Seconds));
            if (step.Configuration is { } number)
            {
                plain.Use(scenario.Configurations[number]);
                bridge.Use(scenario.Configurations[number]);
            }
            else if (step.Frame is { } frame)
            {
                var expected = plain.Pass(step.Port!, frame, now);
                string actual = Describe(bridge.Pass(step.Port!, frame.Build()), out var verdict);
                met[(verdict.Action, verdict.Reason)] = met.GetValueOrDefault((verdict.Action, verdict.Reason)) + 1;
                Assert.True(string.Equals(Describe(expected), actual, StringComparison.Ordinal), $"{step}\n  expected {Describe(expected)}\n  actual   {actual}");
            }
            else
            {
                plain.PortDown(step.Port!);
                bridge.PortDown(step.Port!);
            }

            string owners = string.Join("; ", plain.Owners);
            string told = string.Join("; ", bridge.Switch.ListAddressOwners()
                .Where(owner => owner is { IPAddress: not null, Port: not null })
                .Select(owner => $"{owner.VlanId} {owner.IPAddress} {owner.Port} {owner.MacAddress}").Order(StringComparer.Ordinal));
            Assert.True(string.Equals(owners, told, StringComparison.Ordinal), $"{step}\n  expected owners {owners}\n  actual {told}");
        }
    }

    private static string Describe(PlainVerdict verdict) => Describe(verdict.Action, verdict.Reason, verdict.Left);

    private static string Describe((Verdict Verdict, (string Port, byte[] Frame)[] Left) outcome, out Verdict verdict)
    {
        verdict = outcome.Verdict;
        return Describe(verdict.Action, verdict.Reason, outcome.Left);
    }

    /// <summary>As one line. What follows an answer's last octet, up to the shortest frame's length, is padding.</summary>
    private static string Describe(PolicyAction action, VerdictReason reason, (string Port, byte[] Frame)[] left) => $"{action} {reason}"
        + string.Concat(left.OrderBy(one => one.Port, StringComparer.Ordinal)
            .Select(one => $" {one.Port}={(reason == ResponderStage.Answered ? Convert.ToHexString(one.Frame).TrimEnd('0') : Convert.ToHexString(one.Frame))}"));
}
