using System.Diagnostics;
using System.Globalization;
using MacSegmentation.Addressing;
using MacSegmentation.Pools;
using MacSegmentation.Stores;

// Says "ready", waits for a line of input, then writes groups of allocations to VLAN 10 and says after each commit what is durable:
//   + ADDRESS INSTANCE   was allocated
//   ? ADDRESS            is about to be released
//   - ADDRESS            was released
// Ends after so many groups, or when its input ends, with the number of commits and the longest time that one took.
string place = args[0];
string name = args[1];
int groups = int.Parse(args[2], CultureInfo.InvariantCulture);
int groupSize = int.Parse(args[3], CultureInfo.InvariantCulture);

Console.WriteLine("ready");
Console.ReadLine();
using var store = new StoreFactory().Open(
    MacStoreOptions.IsConnectionString(place) ? new MacStoreOptions { ConnectionString = place } : new MacStoreOptions { Path = place });
var inputEnd = Task.Run(Console.In.ReadToEnd);

var held = new Queue<MacAddress>();
long longest = 0;
int commits = 0;
for (int group = 0; group < groups && !inputEnd.IsCompleted; group++)
{
    var instances = Enumerable.Range(0, groupSize).Select(item => $"{name}-{group}-{item}").ToList();
    foreach (var outcome in Timed(() => store.WriteEach(instances, static (writer, instance) => AddressPool.Allocate(writer, 10, instance))))
    {
        var allocation = outcome.Result ?? throw outcome.Error!;
        held.Enqueue(allocation.MacAddress);
        Console.WriteLine($"+ {allocation.MacAddress} {allocation.InstanceId}");
    }

    if (group % 3 == 2)
    {
        var address = held.Dequeue();
        Console.WriteLine($"? {address}");
        Timed(() => store.Write(writer => AddressPool.Release(writer, address)));
        Console.WriteLine($"- {address}");
    }
}

Console.WriteLine($"done {commits} {longest}");
return 0;

T Timed<T>(Func<T> write)
{
    long start = Stopwatch.GetTimestamp();
    var result = write();
    longest = Math.Max(longest, (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    commits++;
    return result;
}
