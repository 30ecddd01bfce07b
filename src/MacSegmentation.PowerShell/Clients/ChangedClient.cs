namespace MacSegmentation.Clients;

/// <summary>What a record of the pipeline changes.</summary>
/// <param name="Name">The client's name.</param>
/// <param name="Change">What changes.</param>
public sealed record ChangedClient(string Name, ClientChange Change);
