using MacSegmentation.Addressing;
using MacSegmentation.Naming;
using MacSegmentation.Vlans;

namespace MacSegmentation.Profiles;

/// <summary>The rows of vNIC profiles.</summary>
public interface IProfileReader : IVlanReader, IProfileUses
{
    /// <summary>The profile with this name, in any case, or null.</summary>
    MacProfile? FindProfile(string name);

    /// <summary>The profiles by name.</summary>
    IReadOnlyList<MacProfile> ListProfiles();

    /// <inheritdoc/>
    string? IVlanUses.FindProfileWithin(int vlanId, MacRange range) => ListProfiles().FirstOrDefault(profile =>
        profile.AddressRange?.Overlaps(range) == true && ListInterfaceVlansWith(profile.Name).Concat(ListSessionVlansWith(profile.Name)).Contains(vlanId))?.Name;

    /// <summary>The profiles by their names.</summary>
    NamedRecords ProfileNames => new("Profile", [.. ListProfiles().Select(profile => new NamedRecord(profile.Name, VlanId: 0, profile.Description))]);
}
