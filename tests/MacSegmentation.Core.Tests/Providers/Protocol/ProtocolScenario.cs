namespace MacSegmentation.Providers.Protocol;

/// <summary>A shared store with some addresses, providers with small blocks, and what happens to them.</summary>
internal sealed record ProtocolScenario(int Addresses, int BlockSize, int LowWater, IReadOnlyList<ProtocolStep> Steps)
{
    /// <summary>True if no site ever has to decide without the shared store.</summary>
    public bool IsUndisturbed => Steps.All(step => step.Action is not (ProtocolAction.Cut or ProtocolAction.FailCentralStore or ProtocolAction.FailReplica or ProtocolAction.RestoreCentralStore or ProtocolAction.RestoreReplica));

    /// <summary>What is left if parts of it are left out: steps first.</summary>
    public IEnumerable<ProtocolScenario> Shrink()
    {
        for (int length = Steps.Count / 2; length > 0; length /= 2)
        {
            for (int from = 0; from + length <= Steps.Count; from += length)
            {
                yield return this with { Steps = [.. Steps.Take(from), .. Steps.Skip(from + length)] };
            }
        }

        for (int i = 0; i < Steps.Count; i++)
        {
            foreach (var smaller in Steps[i].Shrink())
            {
                yield return this with { Steps = [.. Steps.Take(i), smaller, .. Steps.Skip(i + 1)] };
            }
        }
    }

    public override string ToString() => $"\n{Addresses} addresses, blocks of {BlockSize}, low water {LowWater} %\n{string.Join('\n', Steps)}";
}
