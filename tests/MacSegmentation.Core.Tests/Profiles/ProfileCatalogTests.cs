using System.Text;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Configuration;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Stores;
using MacSegmentation.Units;
using MacSegmentation.Vlans;

namespace MacSegmentation.Profiles;

public sealed class ProfileCatalogTests
{
    private static readonly MacProfile Dsl = new()
    {
        Name = "branch-dsl",
        Ingress = new LinkProfile { Bandwidth = BitRate.Parse("16mbit"), Latency = TimeSpan.FromMilliseconds(25) },
        Egress = new LinkProfile { Bandwidth = BitRate.Parse("1mbit") },
        Priority = 2,
        AddressRange = MacRange.Parse("02:10:00:00:00:00/44"),
    };

    private readonly InMemoryStore store = new(new ManualTime());

    public ProfileCatalogTests()
    {
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:10:00:00:00:00/40")] }));
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 20, Ranges = [MacRange.Parse("02:20:00:00:00:00/40")] }));
    }

    [Fact]
    public void A_profile_exists_once_and_is_told_in_the_audit()
    {
        Assert.Equal(Dsl, Create(Dsl));
        Assert.Equal(
            "CreateProfile branch-dsl: ingress Bandwidth=16mbit Latency=25ms, egress Bandwidth=1mbit, priority 2, addresses 02:10:00:00:00:00-02:10:00:00:00:0f",
            LastEvent());
        Fails("ProfileExists", () => Create(Dsl with { Name = "Branch-DSL" }));
        Assert.Equal("branch-dsl", store.Read(r => ProfileCatalog.Get(r, "BRANCH-dsl")).Name);
        Fails("ProfileNotFound", () => ProfileCatalog.Get(store.Read(r => r), "other"));
        Assert.Contains("New-MacProfile lte -From lte", Fails("ProfileNotFound", () => store.Read(r => ProfileCatalog.Get(r, "LTE"))), StringComparison.Ordinal);
        Fails("InvalidProfileName", () => Create(Dsl with { Name = "a*" }));
    }

    [Fact]
    public void All_that_is_legal_is_taken()
    {
        Property.Holds(ProfileGenerator.Profiles, profile =>
        {
            Assert.Equal(profile, Create(profile));
            Assert.Equal(profile, store.Write(w => ProfileCatalog.Remove(w, profile.Name)));
        }, count: 500);
    }

    [Theory]
    [InlineData("Bandwidth=999bit", "InvalidBandwidth")]
    [InlineData("Bandwidth=100.001gbit", "InvalidBandwidth")]
    [InlineData("Bandwidth=-1mbit", "InvalidBandwidth")]
    [InlineData("Burst=63", "InvalidBurst")]
    [InlineData("Burst=-1", "InvalidBurst")]
    [InlineData("Burst=1073741825", "InvalidBurst")]
    [InlineData("Latency=60001ms", "InvalidLatency")]
    [InlineData("Latency=-1ms", "InvalidLatency")]
    [InlineData("Latency=1s Jitter=-1ms", "InvalidJitter")]
    [InlineData("Jitter=60001ms JitterBound=Fold", "InvalidJitter")]
    [InlineData("Latency=5ms Jitter=6ms", "JitterAboveLatency")]
    [InlineData("Latency=5ms Jitter=6ms Reorder=True", "JitterAboveLatency")]
    [InlineData("LossRate=100.1%", "InvalidLossRate")]
    [InlineData("LossRate=-1%", "InvalidLossRate")]
    [InlineData("DuplicateRate=101%", "InvalidFrameShare")]
    [InlineData("CorruptRate=-1%", "InvalidFrameShare")]
    [InlineData("ReorderRate=101%", "InvalidFrameShare")]
    [InlineData("JitterCorrelation=101%", "InvalidFrameShare")]
    [InlineData("BurstLoss=0%,10%", "InvalidBurstLoss")]
    [InlineData("BurstLoss=10%,0%", "InvalidBurstLoss")]
    [InlineData("BurstLoss=10%,101%", "InvalidBurstLoss")]
    [InlineData("BurstLoss=10%,10%,-1%", "InvalidBurstLoss")]
    [InlineData("BurstLoss=10%,10%,1%,101%", "InvalidBurstLoss")]
    [InlineData("BurstLoss=10%,10% LossRate=1%", "LossGivenTwice")]
    [InlineData("QueueLimit=0", "InvalidQueueLimit")]
    [InlineData("QueueLimit=100001", "InvalidQueueLimit")]
    [InlineData("QueueTime=61s", "InvalidQueueTime")]
    public void A_direction_that_cannot_be_is_refused_either_way(string text, string errorId)
    {
        var wrong = LinkProfile.Parse(text);
        Create(Dsl);
        Assert.Contains("towards the instance", Fails(errorId, () => Create(new MacProfile { Name = "x", Ingress = wrong })), StringComparison.Ordinal);
        Assert.Contains("from the instance", Fails(errorId, () => Create(new MacProfile { Name = "x", Egress = wrong })), StringComparison.Ordinal);
        Fails(errorId, () => store.Write(w => ProfileCatalog.Change(w, "branch-dsl", profile => profile with { Egress = wrong })));
        Assert.Equal(Dsl, Assert.Single(store.Read(r => r.ListProfiles())));
    }

    [Fact]
    public void A_profile_that_cannot_be_is_refused()
    {
        Fails("InvalidPriority", () => Create(Dsl with { Priority = 8 }));
        Fails("InvalidPriority", () => Create(Dsl with { Priority = -1 }));
        Fails("InvalidDscp", () => Create(Dsl with { Dscp = 64 }));
        Fails("InvalidMaxSegmentSize", () => Create(Dsl with { MaxSegmentSize = 87 }));
        Fails("InvalidMaxSegmentSize", () => Create(Dsl with { MaxSegmentSize = 65_536 }));
        Fails("InvalidMaxWindowScale", () => Create(Dsl with { MaxWindowScale = 15 }));
        Fails("InvalidProfileDescription", () => Create(Dsl with { Description = new string('x', 257) }));
        Fails("InvalidProfileDescription", () => Create(Dsl with { Description = "a\nb" }));
        Fails("InvalidProfileRange", () => Create(Dsl with { AddressRange = MacRange.Parse("01:00:5e:00:00:00/24") }));
        Fails("InvalidProfileRange", () => Create(Dsl with { AddressRange = MacRange.Parse("00:00:00:00:00:00/24") }));
        Fails("InvalidProfileRange", () => Create(Dsl with { AddressRange = MacRange.Parse("02:00:00:00:00:00-04:00:00:00:00:00") }));
        Fails("PresetNotFound", () => Create(Dsl with { Preset = "teletype" }));
        Assert.Empty(store.Read(r => r.ListProfiles()));
    }

    [Fact]
    public void A_change_keeps_the_name_and_changes_nothing_where_all_is_so_already()
    {
        Create(Dsl);
        Assert.Equal(7, store.Write(w => ProfileCatalog.Change(w, "BRANCH-DSL", profile => profile with { Name = "other", Priority = 7 })).Priority);
        Assert.StartsWith("ChangeProfile branch-dsl: ", LastEvent(), StringComparison.Ordinal);
        long revision = store.ReadRevision();
        store.Write(w => ProfileCatalog.Change(w, "branch-dsl", profile => profile with { Priority = 7 }));
        Assert.Equal(revision, store.ReadRevision());
        Fails("ProfileNotFound", () => store.Write(w => ProfileCatalog.Change(w, "other", profile => profile)));
    }

    [Fact]
    public void A_record_names_a_profile_that_exists_and_whose_range_is_in_its_pool()
    {
        Create(Dsl);
        Assert.Equal("branch-dsl", AddInterface("web-1", 10, "Branch-DSL").Profile);
        Fails("ProfileNotFound", () => AddInterface("web-2", 10, "none"));
        Assert.Contains("Set-MacVlan 20 -AddRange", Fails("ProfileRangeOutsidePool", () => AddInterface("web-2", 20, "branch-dsl")), StringComparison.Ordinal);
        AddInterface("web-3", 20, profile: null);
        Fails("ProfileRangeOutsidePool", () => SetProfile("web-3", "branch-dsl"));
        Assert.Null(SetProfile("web-1", string.Empty).Profile);
        Assert.Equal("ChangeInterface web-1: no profile", LastEvent());
        Assert.Equal("branch-dsl", SetProfile("web-1", "BRANCH-DSL").Profile);
        Assert.Equal("ChangeInterface web-1: profile branch-dsl", LastEvent());
        Fails("ProfileRangeOutsidePool", () => store.Write(w => ProfileCatalog.Change(w, "branch-dsl", profile => profile with { AddressRange = MacRange.Parse("02:99:00:00:00:00/40") })));

        // The pool does not lose them either, while the profile is used in the VLAN.
        var range = store.Read(r => r.FindProfile("branch-dsl")!.AddressRange!.Value);
        var last = new MacRange(range.Last, range.Last);
        Assert.Contains("profile 'branch-dsl' takes addresses", Fails("RangeInUse", () => store.Write(w => VlanCatalog.Change(w, 10, new VlanChange { RemoveRanges = [last] }))), StringComparison.Ordinal);
        store.Write(w => VlanCatalog.Change(w, 10, new VlanChange { RemoveRanges = [last], AddRanges = [last] }));
        long revision = store.ReadRevision();
        SetProfile("web-1", "BRANCH-dsl");
        Assert.Equal(revision, store.ReadRevision());
    }

    [Fact]
    public void A_profile_that_ports_have_goes_with_force_or_a_replacement_only()
    {
        Create(Dsl);
        Create(Dsl with { Name = "fibre" });
        foreach (string name in new[] { "a", "b", "c", "d" })
        {
            AddInterface(name, 10, "branch-dsl");
        }

        string sentence = Fails("ProfileInUse", () => Remove("branch-dsl"));
        Assert.Contains("4 interfaces (a, b, c and others)", sentence, StringComparison.Ordinal);
        Assert.Contains("-ReplaceWith", sentence, StringComparison.Ordinal);
        Fails("ProfileNotFound", () => Remove("branch-dsl", replaceWith: "none"));
        Fails("InvalidReplacement", () => Remove("branch-dsl", force: true, replaceWith: "BRANCH-DSL"));
        Assert.Equal(Dsl, Remove("branch-dsl", replaceWith: "FIBRE"));
        Assert.Equal("RemoveProfile branch-dsl: replaced at 4 interfaces with fibre", LastEvent());
        Assert.All(store.ReadSnapshot().Interfaces, record => Assert.Equal("fibre", record.Profile));
        Remove("fibre", force: true);
        Assert.Equal("RemoveProfile fibre: taken off 4 interfaces", LastEvent());
        Assert.All(store.ReadSnapshot().Interfaces, record => Assert.Null(record.Profile));
    }

    [Fact]
    public void Presets_are_legal_profiles_with_their_sources()
    {
        Assert.Equal(
            ["dial-up", "dsl", "cable", "lte", "5g", "satellite-geo", "satellite-leo", "wifi-good", "wifi-bad", "transatlantic", "datacentre"], ProfilePresets.All.Select(preset => preset.Name));
        Assert.All(ProfilePresets.All, preset =>
        {
            Assert.Equal(preset, Create(preset));
            Assert.NotEmpty(preset.Description);
            Assert.False(preset.IsNothing);
        });
        Assert.Equal("datacentre", ProfilePresets.Find("DataCenter")?.Name);
        Assert.Null(ProfilePresets.Find("teletype"));
        Assert.Contains("dial-up, dsl", Assert.Throws<MacSegmentationException>(() => ProfilePresets.Get("teletype")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_is_the_stores_profile_before_the_preset()
    {
        Assert.Equal((ProfilePresets.Find("lte")!.Ingress, string.Empty, "lte"), store.Read(r => ProfileCatalog.GetModel(r, "LTE")) is var model ? (model.Ingress, model.Description, model.Preset) : default);
        Create(Dsl with { Name = "lte" });
        Assert.Equal(Dsl.Ingress, store.Read(r => ProfileCatalog.GetModel(r, "lte")).Ingress);
        Fails("ProfileNotFound", () => store.Read(r => ProfileCatalog.GetModel(r, "none")));
    }

    [Fact]
    public void A_document_moves_a_pool_and_the_profile_that_takes_addresses_from_it()
    {
        MacConfiguration Document(string pool, string range) => MacConfiguration.Parse(
            Encoding.UTF8.GetBytes($$"""
                { "vlans": [{ "id": 10, "ranges": ["02:40:00:00:00:00/40", "{{pool}}"], "interfaces": [{ "name": "web-1", "macAddress": "02:40:00:00:00:01", "profile": "dsl" }] }],
                  "profiles": [{ "name": "dsl", "addressRange": "{{range}}" }] }
                """),
            "lab.json");
        ConfigurationPlan.Apply(store, Document("02:10:00:00:00:00/40", "02:10:00:00:00:00/44"));
        ConfigurationPlan.Apply(store, Document("02:50:00:00:00:00/40", "02:50:00:00:00:00/44"));
        Assert.Equal(MacRange.Parse("02:50:00:00:00:00/44"), store.Read(r => r.FindProfile("dsl"))!.AddressRange);
        Assert.Equal("dsl", store.Read(r => r.FindInterface("web-1"))!.Profile);
        Assert.Empty(ConfigurationPlan.Apply(store, store.Read(StoreConfiguration.Read)));
    }

    private MacProfile Create(MacProfile profile) => store.Write(w => ProfileCatalog.Create(w, profile));

    private MacProfile Remove(string name, bool force = false, string? replaceWith = null) => store.Write(w => ProfileCatalog.Remove(w, name, force, replaceWith));

    private MacInterface AddInterface(string name, int vlanId, string? profile) =>
        store.Write(w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = name, VlanId = vlanId, Profile = profile }));

    private MacInterface SetProfile(string name, string profile) => store.Write(w => InterfaceCatalog.Change(w, name, new InterfaceChange { Profile = profile }));

    private string LastEvent() => store.Read(r => r.ListAuditEvents(new AuditQuery { Newest = 1 })) is [var last] ? $"{last.Action} {last.Subject}: {last.Detail}" : string.Empty;

    private string Fails(string errorId, Func<object> change)
    {
        long revision = store.ReadRevision();
        var error = Assert.Throws<MacSegmentationException>(change);
        Assert.Equal((errorId, revision), (error.ErrorId, store.ReadRevision()));
        return error.Message;
    }
}
