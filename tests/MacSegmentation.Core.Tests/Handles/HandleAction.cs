namespace MacSegmentation.Handles;

/// <summary>What is done about a handle.</summary>
internal enum HandleAction
{
    /// <summary>A device asks.</summary>
    Request,

    /// <summary>Its owner gives the address up.</summary>
    Release,

    /// <summary>An administrator revokes it.</summary>
    Revoke,

    /// <summary>A machine without a handle gets an address of the pool.</summary>
    Allocate,

    /// <summary>Time passes.</summary>
    Wait,
}
