namespace MacSegmentation.Partitions;

/// <summary>What holds between two classes in one direction.</summary>
/// <param name="policies">The policies, the deciding first.</param>
internal sealed class ClassPair(CompiledPolicy[] policies)
{
    /// <summary>The policies, the deciding first.</summary>
    public CompiledPolicy[] Policies => policies;

    /// <summary>True if something may be refused: what goes the other way has to be remembered, for its replies to pass.</summary>
    public bool Restricts { get; } = Array.Exists(policies, policy => !policy.IsStaged && policy.Action is not (PartitionAction.Allow or PartitionAction.Mirror));

    /// <summary>True if a policy tells packets apart by protocol.</summary>
    public bool HasProtocols { get; } = Array.Exists(policies, policy => policy.HasProtocol);

    /// <summary>True if a policy tells packets apart by ports.</summary>
    public bool HasPorts { get; } = Array.Exists(policies, policy => policy.HasPorts);
}
