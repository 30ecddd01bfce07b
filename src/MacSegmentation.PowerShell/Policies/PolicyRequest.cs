namespace MacSegmentation.Policies;

/// <summary>The policy that a record of the pipeline asks for.</summary>
/// <param name="Policy">The policy; its order is 0 if none is given.</param>
/// <param name="Place">Its place among the others, or null for its order, or to go last.</param>
public readonly record struct PolicyRequest(MacPolicy Policy, PolicyPlace? Place);
