namespace MacSegmentation.Services;

/// <summary>What runs a service.</summary>
public enum MacServicePlatform
{
    /// <summary>systemd.</summary>
    Linux,

    /// <summary>The service control manager of Windows.</summary>
    Windows,
}
