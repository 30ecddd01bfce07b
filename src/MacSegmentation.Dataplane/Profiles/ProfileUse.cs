using MacSegmentation.InterfaceRecords;
using MacSegmentation.NetworkSessions;

namespace MacSegmentation.Profiles;

/// <summary>Where a port has its vNIC profile from, and which of its directions are the port's.</summary>
/// <param name="Name">The profile's name; null for that of the port's record.</param>
/// <param name="HasFromInstance">True if what comes in by the port comes from the instance.</param>
/// <param name="HasToInstance">True if what leaves by it goes to the instance.</param>
/// <param name="Scenario">Which profiles a port without a record has over time, in place of <paramref name="Name"/>; null for none.</param>
internal readonly record struct ProfileUse(string? Name, bool HasFromInstance, bool HasToInstance, MacScenario? Scenario = null)
{
    /// <summary>A port of a switch: its record's profile, both ways.</summary>
    public static ProfileUse OfRecord => new(null, HasFromInstance: true, HasToInstance: true);

    /// <summary>A port that has none of a profile.</summary>
    public static ProfileUse None => default;

    /// <summary>True if the port has a profile at some time.</summary>
    public bool IsAny => HasFromInstance || HasToInstance;

    /// <summary>The name of the profile that the port has, or null.</summary>
    /// <param name="record">The port's record, or null.</param>
    public string? NameWith(MacInterface? record) => IsAny ? Name ?? record?.Profile : null;
}
