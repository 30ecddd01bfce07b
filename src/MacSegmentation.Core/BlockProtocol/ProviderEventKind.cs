namespace MacSegmentation.BlockProtocol;

/// <summary>What a provider tells of: rare things only.</summary>
public enum ProviderEventKind
{
    /// <summary>The shared store cannot be reached.</summary>
    RootLost,

    /// <summary>The shared store can be reached again, and both know what the other did meanwhile.</summary>
    RootBack,

    /// <summary>A block was fetched.</summary>
    BlockFetched,

    /// <summary>A block was returned, or what was free of it.</summary>
    BlockReturned,

    /// <summary>A block was closed without this provider's word: nothing of it is given out here any more.</summary>
    BlockClosed,

    /// <summary>What was given out here while the shared store could not be reached does not hold: the handle has another address, or the address another owner.</summary>
    Conflict,

    /// <summary>A VLAN has no address left to give out.</summary>
    Exhausted,

    /// <summary>The shared store went back to an earlier state, as one does that was restored: it is told again of all that is known here.</summary>
    RootWentBack,

    /// <summary>This store is older than what the provider last answered from, or a copy of it; or another process entered from a copy.</summary>
    ReplicaCopied,

    /// <summary>Something went wrong that is tried again.</summary>
    Trouble,
}
