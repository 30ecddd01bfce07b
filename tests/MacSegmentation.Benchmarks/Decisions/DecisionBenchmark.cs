using BenchmarkDotNet.Attributes;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.Policies;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Benchmarks.Decisions;

/// <summary>What one frame costs: its header is read and its verdict found, by the compiled table and by the plain walk over the list.</summary>
[MemoryDiagnoser]
public class DecisionBenchmark
{
    private const int FrameLength = 64;
    private const int Frames = 4096;
    private const int Vlan = 10;

    private readonly byte[] frames = new byte[Frames * FrameLength];
    private VlanPolicies list = null!; // made by Prepare
    private DecisionTable table = null!;

    /// <summary>Number of policies: each denies one source address.</summary>
    [Params(1, 1_000, 100_000, 1_000_000)]
    public int Policies { get; set; }

    /// <summary>Frames that a policy decides, in per cent: those of the others are what the list is walked to its end for.</summary>
    [Params(0, 50)]
    public int Hits { get; set; }

    /// <summary>Makes the policies, and frames from random hosts of VLAN 10.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        var policies = new MacPolicy[Policies];
        for (int i = 0; i < policies.Length; i++)
        {
            policies[i] = new MacPolicy
            {
                PolicyId = i + 1,
                VlanId = Vlan,
                Order = i + 1,
                SourceAddress = MacPattern.Exactly(new MacAddress((ulong)random.NextInt64(1L << 48))),
                DestinationAddress = MacPattern.Any,
                Action = PolicyAction.Deny,
            };
        }

        list = new VlanPolicies(Vlan, PolicyAction.Allow, policies);
        table = DecisionTable.Compile(new ConfigurationSnapshot(1, [list]));
        for (int i = 0; i < Frames; i++)
        {
            var frame = frames.AsSpan(i * FrameLength, FrameLength);
            random.NextBytes(frame);
            ulong source = random.Next(100) < Hits ? policies[random.Next(Policies)].SourceAddress.Value : (ulong)random.NextInt64(1L << 48);
            new MacAddress(source).CopyTo(frame[6..]);
            frame[12] = 0x81;
            frame[13] = 0x00;
            frame[14] = 0x00;
            frame[15] = Vlan;
            frame[16] = 0x08;
            frame[17] = 0x00;
        }
    }

    /// <summary>The compiled table.</summary>
    [Benchmark(OperationsPerInvoke = Frames)]
    public int Table()
    {
        int forwarded = 0;
        for (var rest = frames.AsSpan(); rest.Length >= FrameLength; rest = rest[FrameLength..])
        {
            FrameHeader.TryRead(rest[..FrameLength], nativeVlanId: 1, out var header);
            forwarded += table.Decide(header.VlanId, header.Source, header.Destination).Action == PolicyAction.Allow ? 1 : 0;
        }

        return forwarded;
    }

    /// <summary>The plain walk over the list.</summary>
    [Benchmark(OperationsPerInvoke = Frames)]
    public int Walk()
    {
        int forwarded = 0;
        for (var rest = frames.AsSpan(); rest.Length >= FrameLength; rest = rest[FrameLength..])
        {
            FrameHeader.TryRead(rest[..FrameLength], nativeVlanId: 1, out var header);
            forwarded += list.FindByWalk(new MacAddress(header.Source), new MacAddress(header.Destination)) < 0 ? 1 : 0;
        }

        return forwarded;
    }
}
