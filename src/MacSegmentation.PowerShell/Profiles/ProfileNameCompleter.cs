using System.Collections;
using System.Management.Automation;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Profiles;

/// <summary>Completes vNIC profiles by name; presets where these are asked for.</summary>
internal sealed class ProfileNameCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) =>
        (LanguagePrimitives.IsTrue(bound["Preset"]) ? ProfilePresets.All : store.ListProfiles()).Select(ProfileModelCompleter.Candidate);
}
