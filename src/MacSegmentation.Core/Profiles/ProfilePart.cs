using MacSegmentation.Documents;

namespace MacSegmentation.Profiles;

/// <summary>Which vNIC profiles stay, go and are made: made and changed before the interface records that name them, and removed when no record does any more.</summary>
/// <param name="store">The transaction.</param>
/// <param name="cursor">Where in the document work is being done.</param>
/// <param name="profiles">The profiles of the document.</param>
internal sealed class ProfilePart(IProfileWriter store, DocumentCursor cursor, DocumentList<MacProfile> profiles) : IDocumentPart
{
    /// <inheritdoc/>
    public void Check()
    {
        var names = new Dictionary<string, DocumentPlace>(StringComparer.OrdinalIgnoreCase);
        cursor.ForEach(profiles, profile => cursor.RequireFirst(names, profile.Name, "name", $"Profile '{profile.Name}'"));
    }

    /// <summary>A name that is spelled otherwise is another's, and makes room for it.</summary>
    public void Clear()
    {
        foreach (var profile in profiles.Items)
        {
            if (store.FindProfile(profile.Name) is { } existing && !string.Equals(existing.Name, profile.Name, StringComparison.Ordinal))
            {
                ProfileCatalog.Remove(store, existing.Name, force: true);
            }
        }
    }

    /// <summary>Takes away the ranges of addresses that a profile will not have any more: its VLAN may lose them.</summary>
    public void Release()
    {
        var wanted = profiles.Items.ToDictionary(profile => profile.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var existing in store.ListProfiles().Where(existing => existing.AddressRange is not null && wanted.GetValueOrDefault(existing.Name)?.AddressRange != existing.AddressRange))
        {
            ProfileCatalog.Change(store, existing.Name, profile => profile with { AddressRange = null });
        }
    }

    /// <summary>Makes the profiles.</summary>
    public void Make() => cursor.ForEach(profiles, profile =>
    {
        if (store.FindProfile(profile.Name) is null)
        {
            ProfileCatalog.Create(store, profile);
        }
        else
        {
            ProfileCatalog.Change(store, profile.Name, _ => profile);
        }
    });

    /// <summary>Removes what is not named, when the interface records have what the document gives them.</summary>
    public void Complete()
    {
        var wanted = profiles.Items.Select(profile => profile.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var existing in store.ListProfiles().Where(existing => !wanted.Contains(existing.Name)))
        {
            ProfileCatalog.Remove(store, existing.Name);
        }
    }
}
