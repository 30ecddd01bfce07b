using System.Collections;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Profiles;

/// <summary>Completes what a vNIC profile can be made from: the profiles, then the presets.</summary>
internal sealed class ProfileModelCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) =>
        store.ListProfiles().Concat(ProfilePresets.All).DistinctBy(profile => profile.Name, StringComparer.OrdinalIgnoreCase).Select(Candidate);

    /// <summary>A profile with what it is for, else with what it is like.</summary>
    public static CompletionCandidate Candidate(MacProfile profile) => new(profile.Name, profile.Description.Length > 0 ? profile.Description : $"{profile.Ingress}; {profile.Egress}");
}
