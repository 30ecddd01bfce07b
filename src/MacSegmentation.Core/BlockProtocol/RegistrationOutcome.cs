namespace MacSegmentation.BlockProtocol;

/// <summary>What the shared store says to what a provider did.</summary>
internal enum RegistrationOutcome
{
    /// <summary>It holds.</summary>
    Accepted,

    /// <summary>The handle has another address, or can have back the one that it had, or lost it since it was told of.</summary>
    Known,

    /// <summary>The address is not the provider's to give out.</summary>
    Refused,
}
