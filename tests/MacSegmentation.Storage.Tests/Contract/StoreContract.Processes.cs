using MacSegmentation.Addressing;
using MacSegmentation.Pools;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public void Processes_that_create_a_store_and_share_its_pool_at_once_lose_nothing()
    {
        const int processes = 6;
        const int groups = 6;
        const int groupSize = 20;
        var writers = Enumerable.Range(0, processes).Select(i => WriterProcess.Start(Place, $"p{i}", groups, groupSize)).ToList();
        try
        {
            // The writers open the store, which does not exist yet, all at once with this process; they need its VLAN.
            CreateVlan(Open());
            writers.ForEach(writer => writer.Begin());
            var lines = writers.SelectMany(writer => writer.ReadToEnd()).ToList();
            writers.ForEach(writer => writer.AssertSucceeded());

            var given = lines.Where(line => line.StartsWith('+')).ToList();
            Assert.Equal(processes * groups * groupSize, given.Count);
            var store = Open();
            Assert.Equal(processes * groups * groupSize - lines.Count(line => line.StartsWith('-')), store.Read(reader => reader.CountAllocations(10)));

            // One revision for the VLAN and for each commit: none was lost, none was counted twice.
            int commits = lines.Where(line => line.StartsWith("done", StringComparison.Ordinal)).Sum(line => int.Parse(line.Split(' ')[1]));
            Assert.Equal(1 + commits, store.ReadRevision());
            AssertHolds(store, lines);
        }
        finally
        {
            writers.ForEach(writer => writer.Dispose());
        }
    }

    [Fact]
    public void Processes_may_open_a_new_store_at_once()
    {
        var writers = Enumerable.Range(0, 8).Select(i => WriterProcess.Start(Place, $"p{i}", groups: 0, groupSize: 1)).ToList();
        try
        {
            writers.ForEach(writer => writer.Begin());
            writers.ForEach(writer => writer.ReadToEnd());
            writers.ForEach(writer => writer.AssertSucceeded());
            Assert.Equal(0, Open().ReadRevision());
            CheckIntegrity();
        }
        finally
        {
            writers.ForEach(writer => writer.Dispose());
        }
    }

    [Fact]
    public void A_writer_that_is_killed_at_any_moment_loses_nothing_that_it_said_and_leaves_no_half_change()
    {
        const int kills = 16;
        var random = new Random(20261121);
        var store = Open();
        CreateVlan(store, 10, "02:00:00:00:00:00/24");
        var lines = new List<string>();
        for (int kill = 0; kill < kills; kill++)
        {
            using var writer = WriterProcess.Start(Place, $"k{kill}", int.MaxValue, groupSize: 1 + random.Next(40));
            writer.Begin();
            for (int said = random.Next(1, 400); said > 0; said--)
            {
                lines.Add(writer.ReadLine()!);
            }

            // Not at a line's end, but anywhere in what follows it.
            Thread.SpinWait(random.Next(200_000));
            writer.Kill();
            lines.AddRange(writer.ReadToEnd().Where(line => line.Split(' ') is ["+", _, _] or ["?", _] or ["-", _]));

            // A survivor goes on where the dead one was stopped.
            store.Write(change => AddressPool.Allocate(change, 10, $"survivor-{kill}"));
        }

        AssertHolds(store, lines);
        Assert.Equal(kills, store.Read(reader => reader.ListAllocations(10)).Count(a => a.InstanceId.StartsWith("survivor", StringComparison.Ordinal)));
    }

    [Fact]
    public void No_writer_starves_among_processes_that_write_without_pause()
    {
        const int processes = 10;
        CreateVlan(Open(), 10, "02:00:00:00:00:00/16");
        var writers = Enumerable.Range(0, processes).Select(i => WriterProcess.Start(Place, $"p{i}", int.MaxValue, groupSize: 100)).ToList();
        try
        {
            writers.ForEach(writer => writer.Begin());

            // Whoever has a turn says so; all must have had several before the first is told to end.
            writers.ForEach(writer =>
            {
                for (int said = 0; said < 500; said++)
                {
                    Assert.StartsWith("+", writer.ReadLine()!.Replace('?', '+').Replace('-', '+'), StringComparison.Ordinal);
                }
            });
            writers.ForEach(writer => writer.End());
            foreach (string last in writers.Select(writer => writer.ReadToEnd()[^1]))
            {
                TestContext.Current.TestOutputHelper?.WriteLine(last);
                Assert.StartsWith("done", last, StringComparison.Ordinal);
            }

            writers.ForEach(writer => writer.AssertSucceeded());
        }
        finally
        {
            writers.ForEach(writer => writer.Dispose());
        }
    }

    /// <summary>The store holds all that writers said, no more than they were about to do, and every address of the pool once.</summary>
    private void AssertHolds(IMacStore store, List<string> lines)
    {
        var pool = store.Read(reader => PoolMeter.Measure(reader, VlanCatalog.Get(reader, 10)));
        Assert.Equal(pool.Size, pool.Used + pool.Free + pool.HeldDown + pool.Reserved + pool.Delegated);

        var holders = store.Read(reader => reader.ListAllocations(10)).ToDictionary(allocation => allocation.MacAddress, allocation => allocation.InstanceId);
        var said = new Dictionary<MacAddress, string>();
        var inDoubt = new HashSet<MacAddress>();
        foreach (string[] words in lines.Select(line => line.Split(' ')).Where(words => words[0] is "+" or "?" or "-"))
        {
            var address = MacAddress.Parse(words[1]);
            switch (words[0])
            {
                case "+":
                    Assert.True(said.TryAdd(address, words[2]), $"{address} was given out twice: to {said[address]} and to {words[2]}.");
                    break;
                case "?":
                    inDoubt.Add(address);
                    break;
                default:
                    Assert.False(holders.ContainsKey(address), $"{address} was released and is still allocated.");
                    break;
            }
        }

        foreach (var (address, instance) in said.Where(pair => !inDoubt.Contains(pair.Key)))
        {
            Assert.Equal(instance, holders.GetValueOrDefault(address));
        }

        CheckIntegrity();
    }
}
