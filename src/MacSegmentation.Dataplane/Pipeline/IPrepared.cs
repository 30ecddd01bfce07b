namespace MacSegmentation.Pipeline;

/// <summary>What is compiled of a configuration beside the frames, and put in force between two of them.</summary>
internal interface IPrepared
{
    /// <summary>Compiles a configuration, on a thread that no frame waits for. The calls are serialised; what is returned is run before the next, or never.</summary>
    /// <param name="next">The configuration.</param>
    /// <returns>What puts it in force; null if nothing changes.</returns>
    Action? Prepare(EnforcerTables next);
}
