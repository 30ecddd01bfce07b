namespace MacSegmentation.Handles;

/// <summary>What the rules of handles ask about the store that they stand in.</summary>
public interface IReplica
{
    /// <summary>True if the store is a provider's own, and another one is shared by all.</summary>
    bool IsReplica { get; }
}
