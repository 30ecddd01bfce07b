namespace MacSegmentation.Clients;

/// <summary>What a record of the pipeline asks for.</summary>
/// <param name="Name">The client's name.</param>
/// <param name="VlanId">The VLANs that it may use; none for all.</param>
/// <param name="More">What else it gets.</param>
public sealed record NewClient(string Name, IReadOnlyList<int> VlanId, ClientChange More);
