using MacSegmentation.Transactions;

namespace MacSegmentation.Policies;

/// <summary>Writes the rows of policies.</summary>
public interface IPolicyWriter : IPolicyReader, IChangeTransaction
{
    /// <summary>Records a policy and returns it with its new id.</summary>
    MacPolicy InsertPolicy(MacPolicy policy);

    /// <summary>Records a policy's order, patterns, action, description, and whether and until when it is in force, anew, by its id.</summary>
    void UpdatePolicy(MacPolicy policy);

    /// <summary>Removes a policy.</summary>
    void DeletePolicy(MacPolicy policy);
}
