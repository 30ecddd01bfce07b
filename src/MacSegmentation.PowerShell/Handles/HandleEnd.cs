namespace MacSegmentation.Handles;

/// <summary>Whose address a record of the pipeline ends.</summary>
/// <param name="Handle">The handle.</param>
/// <param name="InstanceId">The instance; empty for the record of the handle itself.</param>
/// <param name="Client">The client or group to which it belongs; null for that of anybody.</param>
public readonly record struct HandleEnd(DeviceHandle Handle, string InstanceId, string? Client = null)
{
    /// <summary>Whose handle is meant.</summary>
    public HandleParty Party => Client is null ? HandleParty.Administrator : HandleParty.Of(Client);
}
