using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Profiles;
using MacSegmentation.Units;

namespace MacSegmentation.Stores.Contract;

public abstract partial class StoreContract
{
    /// <summary>A profile of which nothing is as it is by itself, so that a column that is forgotten is seen.</summary>
    private static MacProfile Full { get; } = new()
    {
        Name = "Branch-DSL",
        Description = "a branch \u00e4 'office'",
        Ingress = new LinkProfile
        {
            Bandwidth = BitRate.Parse("16mbit"),
            Burst = 1L << 30,
            Latency = TimeSpan.FromTicks(250_001),
            Jitter = TimeSpan.FromTicks(3),
            Distribution = JitterDistribution.Pareto,
            JitterCorrelation = Percentage.Parse("25.0001%"),
            JitterBound = JitterBound.Fold,
            Reorder = true,
            LossRate = Percentage.Parse("0.2%"),
            DuplicateRate = Percentage.Parse("0.0001%"),
            CorruptRate = Percentage.All,
            ReorderRate = Percentage.Parse("3%"),
            QueueLimit = 100_000,
            QueueTime = TimeSpan.FromSeconds(60),
            QueueManagement = QueueManagement.FqCoDel,
            EcnMarking = true,
            Trace = LinkTrace.Read("time,rate,delay,loss\n0,10mbit,25ms,0.1%\n1.5s,0,,\n"),
        },
        Egress = new LinkProfile
        {
            Bandwidth = BitRate.Parse("100gbit"),
            Burst = 64,
            Latency = TimeSpan.FromSeconds(60),
            Jitter = TimeSpan.FromMilliseconds(5),
            Distribution = JitterDistribution.Normal,
            JitterBound = JitterBound.Truncate,
            BurstLoss = BurstLoss.Parse("1%,10.5%,99%,0.0001%"),
            QueueLimit = 1,
            QueueManagement = QueueManagement.CoDel,
            Trace = LinkTrace.Read("1\n2\n2\n", isOnce: true),
        },
        Priority = 7,
        Dscp = 0,
        SchedulingClass = SchedulingClass.Weighted,
        AddressRange = MacRange.Parse("02:10:00:00:00:00-02:10:00:00:ff:ff"),
        MaxSegmentSize = 1400,
        MaxWindowScale = 0,
        AllowEcn = false,
        Preset = "dsl",
    };

    [Fact]
    public void A_profile_is_read_as_it_was_written_with_all_that_it_says_and_with_nothing()
    {
        var store = Open();
        var plain = new MacProfile { Name = "\u00fc", AllowEcn = true, SchedulingClass = SchedulingClass.Strict };
        store.Write(writer => WithProfiles(writer, Full, plain));
        Assert.Equal([Full, plain], Open().Read(reader => reader.ListProfiles()));
        Assert.Equal(Full, store.Read(reader => reader.FindProfile("branch-dsl")));
        Assert.Equal(plain, store.Read(reader => reader.FindProfile("\u00dc")));
        Assert.Null(store.Read(reader => reader.FindProfile("branch")));
        var swapped = Full with { Description = string.Empty, Ingress = Full.Egress, Egress = Full.Ingress, AddressRange = null, Preset = null };
        store.Write(writer => Audited(writer, () => writer.UpdateProfile(swapped)));
        Assert.Equal(swapped, store.Read(reader => reader.FindProfile("BRANCH-DSL")));
        store.Write(writer => Audited(writer, () => writer.DeleteProfile("branch-DSL")));
        Assert.Equal(plain, Assert.Single(store.Read(reader => reader.ListProfiles())));
        CheckIntegrity();
    }

    [Fact]
    public void A_snapshot_has_the_profiles_and_keeps_their_array_until_one_changes()
    {
        var store = Open();
        store.Write(writer => WithProfiles(writer, Full));
        var before = store.ReadSnapshot();
        Assert.Equal(Full, Assert.Single(before.Of<MacProfile>()));
        CreateVlan(store);
        var other = store.ReadSnapshot(before);
        Assert.True(before.Of<MacProfile>() == other.Of<MacProfile>());
        store.Write(writer => Audited(writer, () => writer.UpdateProfile(Full with { Priority = 1 })));
        var changed = store.ReadSnapshot(other);
        Assert.Equal(1, Assert.Single(changed.Of<MacProfile>()).Priority);
        AssertSame(store.ReadSnapshot(), changed);
        store.Write(writer => Audited(writer, () => writer.DeleteProfile(Full.Name)));
        Assert.Empty(store.ReadSnapshot(changed).Of<MacProfile>());
    }

    [Fact]
    public void The_profile_of_a_record_is_counted_moved_and_told_to_who_follows()
    {
        var store = Open();
        store.Write(FillWithInterfaces);
        store.Write(writer => WithProfiles(writer, Full, Full with { Name = "other" }));
        store.Write(writer => Audited(writer, () => writer.UpdateInterface(writer.FindInterface("web-1")! with { Profile = Full.Name })));
        Assert.Equal((1, "web-1"), store.Read(reader => (reader.CountInterfacesWith(Full.Name), Assert.Single(reader.ListInterfacesWith(Full.Name, 9)))));
        Assert.Equal([1], store.Read(reader => reader.ListInterfaceVlansWith(Full.Name)));
        Assert.Equal((0, 0), store.Read(reader => (reader.CountInterfacesWith("other"), reader.ListInterfacesWith(Full.Name, 0).Count)));
        var before = store.ReadSnapshot();
        Assert.Equal((Full.Name, null), (before.Interfaces[0].Profile, before.Interfaces[1].Profile));

        store.Write(writer => Audited(writer, () => writer.MoveInterfaces(Full.Name, "other")));
        var moved = store.ReadSnapshot(before);
        Assert.Equal("other", moved.Interfaces[0].Profile);
        Assert.Same(before.Interfaces[1], moved.Interfaces[1]);
        store.Write(writer => Audited(writer, () => writer.MoveInterfaces("other", null)));
        Assert.Null(store.ReadSnapshot(moved).Interfaces[0].Profile);
        AssertSame(store.ReadSnapshot(), store.ReadSnapshot(moved));
        CheckIntegrity();
    }

    private static int WithProfiles(IStoreWriter writer, params MacProfile[] profiles) => Audited(writer, () =>
    {
        foreach (var profile in profiles)
        {
            writer.InsertProfile(profile);
        }
    });

    private static int Audited(IStoreWriter writer, Action change)
    {
        change();
        writer.AppendAudit(new AuditEntry(AuditAction.ChangeProfile, VlanId: 0, "profiles"));
        return 0;
    }
}
