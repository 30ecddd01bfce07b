
namespace MacSegmentation.Policies;

/// <summary>How many frames a policy decided over.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Frames">Frames in all directions since the enforcer's start, or since the policy was added.</param>
public sealed record PolicyHits(MacPolicy Policy, long Frames)
{
    /// <summary>The policy and its frames as one line.</summary>
    public override string ToString() => $"VLAN {Policy.VlanId}, {Policy}: {Frames}";
}
