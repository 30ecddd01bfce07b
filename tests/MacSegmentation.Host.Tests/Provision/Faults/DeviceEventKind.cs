namespace MacSegmentation.Provision.Faults;

/// <summary>What a device saw, or did.</summary>
internal enum DeviceEventKind
{
    /// <summary>It was answered an address, and may use it from here on.</summary>
    Answered,

    /// <summary>It is about to give its address up, and uses it no more, whatever comes of that.</summary>
    Releasing,
}
