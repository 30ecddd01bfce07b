using MacSegmentation.Policies;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Policies;

/// <summary>The changes of policies, as statements.</summary>
internal interface ISqlPolicyWriter : ISqlPolicyReader, IPolicyWriter, ISqlChange
{
    MacPolicy IPolicyWriter.InsertPolicy(MacPolicy policy) => policy with { PolicyId = PolicyTable.Rows.InsertNew(this, policy) };

    void IPolicyWriter.UpdatePolicy(MacPolicy policy) => PolicyTable.Rows.Update(this, policy);

    void IPolicyWriter.DeletePolicy(MacPolicy policy) => PolicyTable.Rows.Delete(this, policy.PolicyId);
}
