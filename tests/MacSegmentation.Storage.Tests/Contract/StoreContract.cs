using MacSegmentation.Addressing;
using MacSegmentation.Policies;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Contract;

/// <summary>What every store must do. One instance is one test, on a place of its own where no store is yet.</summary>
public abstract partial class StoreContract : IDisposable
{
    private const string PoolOf4096 = "00:1a:2b:3c:40:00-00:1a:2b:3c:4f:ff";
    private readonly List<IMacStore> opened = [];

    /// <summary>Where this test's store is.</summary>
    protected abstract MacStoreOptions Place { get; }

    /// <summary>Opens the stores under test.</summary>
    private protected static IMacStoreFactory Factory { get; } = new StoreFactory();

    public void Dispose()
    {
        opened.ForEach(store => store.Dispose());
        Clear();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the test's store once more.</summary>
    private protected IMacStore Open(TimeProvider? time = null, TimeSpan? busyTimeout = null)
    {
        var options = Place with { Actor = new("LAB\\anna", "host-1", "tests/1") };
        if (time is not null)
        {
            options = options with { TimeProvider = time };
        }

        if (busyTimeout is { } timeout)
        {
            options = options with { BusyTimeout = timeout };
        }

        var store = Factory.Open(options);
        opened.Add(store);
        return store;
    }

    /// <summary>Removes the place and what is in it.</summary>
    protected abstract void Clear();

    /// <summary>Has the database itself look for damage.</summary>
    protected abstract void CheckIntegrity();

    private static MacVlan CreateVlan(IMacStore store, int vlanId = 10, string range = PoolOf4096) =>
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = vlanId, Name = $"vlan {vlanId}", Ranges = [MacRange.Parse(range)] }));

    private static MacPolicy AddPolicy(IMacStore store, int vlanId, ulong source, int? order = null) => store.Write(writer =>
        PolicyList.Add(writer, vlanId, MacPattern.Exactly(new MacAddress(source)), MacPattern.Any, PolicyAction.Deny, order));
}
