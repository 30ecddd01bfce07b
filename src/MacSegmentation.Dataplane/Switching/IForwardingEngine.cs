namespace MacSegmentation.Switching;

/// <summary>What an enforcer's threads work on together.</summary>
internal interface IForwardingEngine
{
    /// <summary>The workers, at least one, in a fixed order.</summary>
    IReadOnlyList<IEnforcerWorker> Workers { get; }

    /// <summary>Puts tables in force for the next frame. The caller serialises the calls.</summary>
    void Use(TablesInForce next);
}
