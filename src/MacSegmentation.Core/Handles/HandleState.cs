namespace MacSegmentation.Handles;

/// <summary>What a handle has.</summary>
public enum HandleState
{
    /// <summary>It owns its address.</summary>
    Held,

    /// <summary>Its owner gave the address up.</summary>
    Released,

    /// <summary>An administrator revoked the address.</summary>
    Revoked,
}
