using MacSegmentation.Policies;
using MacSegmentation.Stores;

namespace MacSegmentation.Following;

/// <summary>Who wants to know what becomes of a followed store. Called from threads of the follower's: <see cref="Prepare"/> never twice at once, and the others one after the other.</summary>
public interface ITableListener
{
    /// <summary>The configuration changed, or a policy of it expires. Compiles whatever the listener makes of it, without putting it in force.</summary>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="table">Its compiled policies.</param>
    /// <returns>What puts it in force, in a moment. It is run before the next call, or never.</returns>
    Action Prepare(ConfigurationSnapshot snapshot, DecisionTable table);

    /// <summary>A configuration could not be compiled or put in force. What is in force stays, and it is tried again. Called once until one is in force.</summary>
    /// <param name="error">Why.</param>
    void OnTableFailed(Exception error);

    /// <summary>The store cannot be read: the last table stays in force. Called once until the store is back.</summary>
    /// <param name="error">Why.</param>
    void OnStoreLost(Exception error);

    /// <summary>The store can be read again.</summary>
    void OnStoreBack();

    /// <summary>The store was replaced or restored; its present configuration is in force, and nothing of the one before.</summary>
    void OnStoreReplaced();
}
