using MacSegmentation.Policies;

namespace MacSegmentation.Stores;

/// <summary>Who wants to know what becomes of a followed store. Called from a thread of the follower's, never twice at once.</summary>
public interface ITableListener
{
    /// <summary>The configuration changed, and this table decides from now on.</summary>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="table">Its compiled policies.</param>
    void OnTableChanged(ConfigurationSnapshot snapshot, DecisionTable table);

    /// <summary>The store cannot be read: the last table stays in force. Called once until the store is back.</summary>
    /// <param name="error">Why.</param>
    void OnStoreLost(Exception error);

    /// <summary>The store can be read again.</summary>
    void OnStoreBack();
}
