namespace MacSegmentation.Handles;

/// <summary>Whose address a record of the pipeline ends.</summary>
/// <param name="Handle">The handle.</param>
/// <param name="InstanceId">The instance; empty for the record of the handle itself.</param>
public readonly record struct HandleEnd(DeviceHandle Handle, string InstanceId);
