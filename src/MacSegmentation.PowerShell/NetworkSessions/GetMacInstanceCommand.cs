using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;

namespace MacSegmentation.NetworkSessions;

/// <summary>Lists instances with their profiles and where these come from.</summary>
[Cmdlet(VerbsCommon.Get, "MacInstance")]
[OutputType(typeof(MacInstance))]
public sealed class GetMacInstanceCommand : StoreCmdlet
{
    /// <summary>Only instances with such a name; wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("VMName", "InstanceName")]
    [Named]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(InstanceNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Only those of sessions with such a name; wildcards allowed.</summary>
    [Parameter]
    [Named]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public string[]? Session { get; set; }

    /// <summary>Only those whose port has such a profile now; wildcards allowed.</summary>
    [Parameter]
    [Named]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string[]? Profile { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var isOfSession = NameFilter.Match(Session);
        var hasProfile = NameFilter.Match(Profile);
        bool IsWanted(MacInstance instance) => (Session is null || (instance.Session is { } session && isOfSession(session)))
            && (Profile is null || (instance.EffectiveProfile is { } profile && hasProfile(profile)));

        foreach (string name in Name)
        {
            if (NameFilter.IsExact(name))
            {
                Read(
                    store =>
                    {
                        Require(store);
                        return InstanceCatalog.WithCharacters(store, [InstanceCatalog.Get(store, name)])[0];
                    },
                    instance =>
                    {
                        if (IsWanted(instance))
                        {
                            WriteObject(instance);
                        }
                    });
                continue;
            }

            var isMatch = NameFilter.Match([name]);
            Stream<MacInstance>(
                (store, last, count) =>
                {
                    if (last is null)
                    {
                        Require(store);
                    }

                    return InstanceCatalog.WithCharacters(store, store.ListInstancesAfter(last?.Name ?? string.Empty, count));
                },
                instance => isMatch(instance.Name) && IsWanted(instance));
        }
    }

    /// <summary>Makes sure that there is what was named to be looked in.</summary>
    private void Require(IStoreReader store)
    {
        foreach (string session in Session?.Where(NameFilter.IsExact) ?? [])
        {
            SessionCatalog.Get(store, session);
        }

        foreach (string profile in Profile?.Where(NameFilter.IsExact) ?? [])
        {
            ProfileCatalog.Get(store, profile);
        }
    }
}
