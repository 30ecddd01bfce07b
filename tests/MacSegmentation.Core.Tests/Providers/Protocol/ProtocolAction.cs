namespace MacSegmentation.Providers.Protocol;

/// <summary>What can happen to a shared store and its providers.</summary>
internal enum ProtocolAction
{
    /// <summary>Devices show their handles at a site, all in one batch.</summary>
    Ask,

    /// <summary>A device shows its handle at a site, and again while the site talks to the shared store: it lost patience.</summary>
    AskTwice,

    /// <summary>A device gives its address up at a site.</summary>
    Release,

    /// <summary>A device is answered by the shared store itself.</summary>
    AskCentralStore,

    /// <summary>A device gives its address up in the shared store itself.</summary>
    ReleaseInCentralStore,

    /// <summary>An administrator revokes a device's address; the number is how many hours it is held down.</summary>
    Revoke,

    /// <summary>An administrator delegates so many addresses to a site.</summary>
    Grant,

    /// <summary>An administrator asks the block with this place in the list back, or what is free of it.</summary>
    Recall,

    /// <summary>An administrator closes the block with this place in the list.</summary>
    Close,

    /// <summary>A site cannot reach the shared store any more.</summary>
    Cut,

    /// <summary>A site can reach the shared store again.</summary>
    Join,

    /// <summary>A site is killed, or stops if the number is not 0, and is started on the store that it had.</summary>
    Restart,

    /// <summary>A site has a round with the shared store.</summary>
    Round,

    /// <summary>A transaction of a site on the shared store will fail: after half the number of others, and for odd numbers after its commit.</summary>
    FailCentralStore,

    /// <summary>A transaction of a site on its own store will fail, as above.</summary>
    FailReplica,

    /// <summary>The shared store is put back to what it was so many steps before.</summary>
    RestoreCentralStore,

    /// <summary>A site is killed, its own store is put back to what it was so many steps before, and it is started again.</summary>
    RestoreReplica,

    /// <summary>So many hours pass.</summary>
    Wait,
}
