using System.Diagnostics;
using System.Globalization;
using MacSegmentation.Partitions;
using MacSegmentation.Tags;

namespace MacSegmentation.Benchmarks.Partitions;

/// <summary>Who is in which partition: 100,000 records with five of 5,000 different tags each, a third of them JSON, 1,000 partitions of three tags, 10,000 policies.</summary>
internal sealed class PartitionMeasurement : IComparison
{
    private const int Records = 100_000;
    private const int Tags = 5_000;
    private const int Partitions = 1_000;
    private const int PoliciesOfEach = 10;
    private const int Rounds = 5;

    public string Name => "members";

    public string Description => "to find the partitions of 100,000 records with 5,000 different tags among 1,000 partitions and 10,000 policies";

    public void Run(string[] arguments)
    {
#pragma warning disable RS0030 // Drawn from a seed: each run measures the same.
        var random = new Random(7);
#pragma warning restore RS0030
        MacTag[] tags = [.. Enumerable.Range(0, Tags).Select(Tag)];
        MacTag[][] records = [.. Enumerable.Range(0, Records).Select(i => random.GetItems(tags, 5).Append(tags[i % Tags]).Distinct().ToArray())];
        MacPartition[] partitions = [.. Enumerable.Range(0, Partitions).Select(place => Partition(place, [.. random.GetItems(tags, 2), Pattern(random.Next(Tags))], random.Next(2)))];
        var times = new List<double>();
        long found = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            var index = new PartitionIndex(partitions, ConflictResolution.HighestPriority);
            found = records.Sum(record => (long)index.Find(record).Count);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Records} records, {Tags} tags, {Partitions} partitions, {Partitions * PoliciesOfEach} policies: {found} memberships in {Medians.Of(times):0} ms ({times.Min():0} to {times.Max():0})"));
    }

    private static MacTag Tag(int number) => (number % 3) switch
    {
        0 => MacTag.OfText($"tag-{number}"),
        1 => MacTag.OfInteger(number),
        _ => MacTag.OfJson($$"""{"app":"app-{{number % 500}}","env":"{{(number % 2 == 0 ? "prod" : "test")}}","owner":{"team":{{number % 100}} },"number":{{number}}}"""),
    };

    private static MacTag Pattern(int number) => number % 2 == 0 ? MacTag.OfJson($$"""{"app":"app-{{number % 500}}"}""") : MacTag.OfJson($$"""{"env":"prod","owner":{"team":{{number % 100}} } }""");

    private static MacPartition Partition(int place, MacTag[] tags, int match) => new()
    {
        Id = place + 1,
        Name = string.Create(CultureInfo.InvariantCulture, $"p-{place}"),
        Match = match == 0 ? PartitionMatch.All : PartitionMatch.Any,
        Tag = tags,
        NotTag = place % 10 == 0 ? [MacTag.OfText("tag-0")] : [],
        Policy =
        [
            .. Enumerable.Range(1, PoliciesOfEach).Select(order => new MacPartitionPolicy
            {
                PolicyId = (place * PoliciesOfEach) + order,
                Partition = string.Create(CultureInfo.InvariantCulture, $"p-{place}"),
                Order = order,
                Peer = PartitionPeer.Any,
                Action = PartitionAction.Deny,
            }),
        ],
    };
}
