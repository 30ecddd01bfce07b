namespace MacSegmentation.Handles;

/// <summary>What a handle, or a clone of it, has or had.</summary>
internal sealed class PlainHandle
{
    public required string Name { get; init; }

    public required bool IsCopy { get; init; }

    public required string Instance { get; set; }

    public required int VlanId { get; set; }

    public required int Address { get; set; }

    public HandleState State { get; set; }
}
