using MacSegmentation.Profiles;

namespace MacSegmentation.Stores;

internal sealed partial class InMemorySession
{
    public MacProfile? FindProfile(string name) => State.Profiles.GetValueOrDefault(name);

    public IReadOnlyList<MacProfile> ListProfiles() => [.. State.Profiles.Values];

    public void InsertProfile(MacProfile profile) => State = State with { Profiles = State.Profiles.Add(profile.Name, profile) };

    public void UpdateProfile(MacProfile profile) => State = State with { Profiles = State.Profiles.SetItem(profile.Name, profile) };

    public void DeleteProfile(string name) => State = State with { Profiles = State.Profiles.Remove(name) };
}
