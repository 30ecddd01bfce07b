using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Policies;

public sealed class PolicyListTests
{
    private readonly InMemoryStore store = new(new ManualTime());

    public PolicyListTests() => store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 10 }));

    [Fact]
    public void A_new_policy_goes_last_unless_placed()
    {
        Assert.Equal([10, 20, 5, 30], [Add("*", "02:00:00:00:00:01").Order, Add("*", "02:00:00:00:00:02").Order, Add("*", "02:00:00:00:00:03", order: 5).Order, Add("*", "02:00:00:00:00:04").Order]);
        Assert.Equal([5, 10, 20, 30], store.Read(r => r.ListPolicies(10)).Select(p => p.Order));
    }

    [Fact]
    public void The_end_of_the_numbers_is_reached_step_by_step_and_then_refused()
    {
        Add("*", "02:00:00:00:00:01", order: int.MaxValue - 1);
        Assert.Equal(int.MaxValue, Add("*", "02:00:00:00:00:02").Order);
        Fails("PolicyListFull", () => Add("*", "02:00:00:00:00:03"));
        Assert.Equal(1, Add("*", "02:00:00:00:00:03", order: 1).Order);
    }

    [Fact]
    public void Wrong_policies_are_refused()
    {
        var first = Add("00:1a:2b:00:00:00/24", "*");
        var second = Add("*", "*");
        Fails("PolicyExists", () => Add("00:1a:2b:00:00:00/24", "*"));
        Assert.Contains("00:1a:2b:00:00:00/24 -> * Deny", Fails("PolicyOrderTaken", () => Add("*", "02:00:00:00:00:01", order: 10)).Message, StringComparison.Ordinal);
        Fails("InvalidPolicyOrder", () => Add("*", "02:00:00:00:00:01", order: 0));
        Fails("VlanNotFound", () => store.Write(w => PolicyList.Add(w, 11, MacPattern.Any, MacPattern.Any, PolicyAction.Deny)));
        Fails("PolicyNotFound", () => store.Write(w => PolicyList.Remove(w, 99)));
        Fails("PolicyNotFound", () => store.Write(w => PolicyList.Change(w, 99, new PolicyChange())));
        Fails("PolicyNotFound", () => store.Write(w => PolicyList.GetByOrder(w, 10, 11)));
        Fails("PolicyOrderTaken", () => store.Write(w => PolicyList.Change(w, second.PolicyId, new PolicyChange { Order = first.Order })));
        Fails("PolicyExists", () => store.Write(w => PolicyList.Change(w, second.PolicyId, new PolicyChange { SourceAddress = first.SourceAddress })));
    }

    [Theory]
    [InlineData("Multicast")]
    [InlineData("Broadcast")]
    [InlineData("01:00:5e:00:00:00/25")]
    [InlineData("01:00:00:00:00:07/01:00:00:00:00:ff")]
    public void A_group_is_a_destination_and_never_a_source(string group)
    {
        var policy = Add("Unicast", group);
        Assert.Equal(policy, Assert.Single(store.Read(r => r.ListPolicies(10))));
        long revision = store.ReadRevision();
        Assert.Contains($"the source {MacPattern.Parse(group)} would never decide", Fails("InvalidPolicySource", () => Add(group, "*")).Message, StringComparison.Ordinal);
        Fails("InvalidPolicySource", () => store.Write(w => PolicyList.Change(w, policy.PolicyId, new PolicyChange { SourceAddress = MacPattern.Parse(group) })));
        Assert.Equal(revision, store.ReadRevision());
    }

    [Fact]
    public void A_change_keeps_what_it_does_not_name_and_a_change_of_nothing_is_none()
    {
        var policy = Add("*", "02:00:00:00:00:01");
        var changed = store.Write(w => PolicyList.Change(w, policy.PolicyId, new PolicyChange { Action = PolicyAction.Drop, Order = 7 }));
        Assert.Equal(policy with { Action = PolicyAction.Drop, Order = 7 }, changed);
        long revision = store.ReadRevision();
        Assert.Equal(changed, store.Write(w => PolicyList.Change(w, policy.PolicyId, new PolicyChange { Order = 7 })));
        Assert.Equal(revision, store.ReadRevision());
        Assert.Equal(changed, store.Write(w => PolicyList.Remove(w, policy.PolicyId)));
        Assert.Empty(store.Read(r => r.ListPolicies()));
    }

    private MacPolicy Add(string source, string destination, int? order = null) =>
        store.Write(w => PolicyList.Add(w, 10, MacPattern.Parse(source), MacPattern.Parse(destination), PolicyAction.Deny, order));

    private MacSegmentationException Fails(string errorId, Func<object> change)
    {
        long before = store.ReadRevision();
        var error = Assert.Throws<MacSegmentationException>(change);
        Assert.Equal((errorId, before), (error.ErrorId, store.ReadRevision()));
        return error;
    }
}
