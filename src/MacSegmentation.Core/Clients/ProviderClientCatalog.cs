using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Naming;
using MacSegmentation.Vlans;

namespace MacSegmentation.Clients;

/// <summary>The rules for clients of the provider service and their tokens. Every method either throws before its first write or succeeds.</summary>
/// <remarks>
/// A token is 32 random octets, so a plain digest of it cannot be guessed back, and needs neither salt nor rounds; what is stored cannot be shown to the service.
/// </remarks>
public static class ProviderClientCatalog
{
    private const int TokenOctets = 32;
    private const string TokenStart = "mps_";

    /// <summary>The largest quota.</summary>
    public const long MaxQuota = 1_000_000;

    /// <summary>The longest time for which a former token goes on beside its successor.</summary>
    public static readonly TimeSpan MaxOverlap = TimeSpan.FromDays(30);

    /// <summary>Creates a client.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">Its name, 1 to 64 characters.</param>
    /// <param name="vlanIds">The VLANs that it may use, 1 to 4094 each; none for all.</param>
    /// <param name="token">Its token: shown now and never again.</param>
    /// <param name="more">What else it gets; null for what is usual.</param>
    /// <returns>The client as stored.</returns>
    /// <exception cref="MacSegmentationException">InvalidClientName, ClientExists, InvalidVlanId, VlanNotFound, InvalidGroupName, OwnerNameTaken, InvalidQuota, InvalidExpiry, InvalidScope.</exception>
    public static MacProviderClient Create(IProviderClientWriter store, string name, IReadOnlyList<int> vlanIds, out string token, ClientChange? more = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(vlanIds);
        RecordName.Validate(name, "InvalidClientName", "A client");
        Validate(store, name, (more ?? new()) with { VlanId = vlanIds });
        if (store.FindProviderClient(name) is { } existing)
        {
            throw new MacSegmentationException(
                "ClientExists",
                MacErrorKind.AlreadyExists,
                $"The client '{existing.Name}' exists already. Give another name, or remove it with Remove-MacProviderClient '{existing.Name}' and create it again for a new token.",
                name);
        }

        if (store.ListProviderClients().FirstOrDefault(other => IsSame(other.Group, name)) is { } member)
        {
            throw NameTaken(name, $"it is the group of the client '{member.Name}'");
        }

        token = Draw();
        var client = store.InsertProviderClient(new MacProviderClient
        {
            Name = name,
            TokenDigest = Digest(token),
            VlanId = [.. vlanIds.Distinct().Order()],
            Scope = more?.Scope ?? ClientScopes.Request | ClientScopes.Read,
            Group = more?.Group ?? string.Empty,
            Quota = more?.Quota ?? 0,
            ExpiresAt = Ending(more?.ExpiresAt),
            CreatedAt = store.Now,
        });
        store.AppendAudit(new AuditEntry(
            AuditAction.CreateProviderClient, 0, name, client.VlanId.Count == 0 ? "for all VLANs" : $"for VLAN {string.Join(", ", client.VlanId)}"));
        return client;
    }

    /// <summary>The client.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">Its name, in any case.</param>
    /// <exception cref="MacSegmentationException">ClientNotFound.</exception>
    public static MacProviderClient Get(IProviderClientReader store, string name)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.FindProviderClient(name) ?? throw new MacSegmentationException(
            "ClientNotFound", MacErrorKind.NotFound, $"The client '{name}' does not exist. Create it with New-MacProviderClient, or list the clients with Get-MacProviderClient.", name);
    }

    /// <summary>Changes what a client may do, or gives it a new token.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">Its name, in any case.</param>
    /// <param name="change">What changes.</param>
    /// <param name="token">The new token, shown now and never again; null if it keeps the one that it has.</param>
    /// <returns>The client as it is now.</returns>
    /// <exception cref="MacSegmentationException">
    /// ClientNotFound, InvalidVlanId, VlanNotFound, InvalidGroupName, OwnerNameTaken, InvalidQuota, InvalidExpiry, InvalidScope, InvalidOverlap.
    /// </exception>
    public static MacProviderClient Change(IProviderClientWriter store, string name, ClientChange change, out string? token)
    {
        ArgumentNullException.ThrowIfNull(change);
        var client = Get(store, name);
        Validate(store, client.Name, change);
        if (change.Overlap < TimeSpan.Zero || change.Overlap > MaxOverlap || (change.Overlap > TimeSpan.Zero && !change.Rotate))
        {
            throw new MacSegmentationException(
                "InvalidOverlap",
                MacErrorKind.InvalidArgument,
                change.Rotate ? $"Two tokens cannot hold for {change.Overlap} at once. Give zero or a time up to {MaxOverlap.TotalDays:0} days, such as 1h." : "An overlap is one of two tokens, and there is no new one. Give -Rotate too, or leave -Overlap out.",
                change.Overlap);
        }

        token = change.Rotate ? Draw() : null;
        var changed = client with
        {
            VlanId = change.VlanId is { } vlans ? [.. vlans.Distinct().Order()] : client.VlanId,
            Scope = change.Scope ?? client.Scope,
            Group = change.Group ?? client.Group,
            Quota = change.Quota ?? client.Quota,
            ExpiresAt = change.ExpiresAt is null ? client.ExpiresAt : Ending(change.ExpiresAt),
        };
        if (token is not null)
        {
            bool goesOn = change.Overlap > TimeSpan.Zero;
            changed = changed with { TokenDigest = Digest(token), FormerDigest = goesOn ? client.TokenDigest : [], FormerUntil = goesOn ? store.Now + change.Overlap : null };
        }

        if (Describe(client, changed) is { Length: > 0 } what)
        {
            store.UpdateProviderClient(changed);
            store.AppendAudit(new AuditEntry(AuditAction.ChangeProviderClient, 0, client.Name, what));
        }

        return changed;
    }

    /// <summary>Removes a client: its token is worth nothing from then on.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">Its name, in any case.</param>
    /// <returns>The client as it was.</returns>
    /// <exception cref="MacSegmentationException">ClientNotFound.</exception>
    public static MacProviderClient Remove(IProviderClientWriter store, string name)
    {
        var client = Get(store, name);
        store.DeleteProviderClient(client.ClientId);
        store.AppendAudit(new AuditEntry(AuditAction.RemoveProviderClient, 0, client.Name));
        return client;
    }

    private static string Draw() => TokenStart + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenOctets));

    private static DateTimeOffset? Ending(DateTimeOffset? expiresAt) => expiresAt == DateTimeOffset.MaxValue ? null : expiresAt;

    private static bool IsSame(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    private static void Validate(IProviderClientReader store, string name, ClientChange change)
    {
        foreach (int vlanId in change.VlanId ?? [])
        {
            VlanCatalog.Get(store, VlanId.Validate(vlanId));
        }

        if (change.Group is { Length: > 0 } group)
        {
            RecordName.Validate(group, "InvalidGroupName", "A group of clients");
            if (IsSame(group, name) || store.FindProviderClient(group) is not null)
            {
                throw NameTaken(group, "a client has it");
            }
        }

        if (change.Quota is < 0 or > MaxQuota)
        {
            throw new MacSegmentationException("InvalidQuota", MacErrorKind.InvalidArgument, $"A quota of {change.Quota} is not possible. Give 1 to {MaxQuota} addresses, or 0 for any number.", change.Quota);
        }

        if (change.ExpiresAt <= store.Now)
        {
            throw new MacSegmentationException(
                "InvalidExpiry", MacErrorKind.InvalidArgument, $"{change.ExpiresAt:u} is over, and a token cannot end before it is used. Give a time to come, or remove the client with Remove-MacProviderClient.", change.ExpiresAt);
        }

        if (change.Scope is { } scope && (scope == ClientScopes.None || (scope & ~(ClientScopes.Request | ClientScopes.Read | ClientScopes.Administer)) != ClientScopes.None))
        {
            throw new MacSegmentationException("InvalidScope", MacErrorKind.InvalidArgument, $"'{scope}' is nothing that a client may do. Give one or more of Request, Read and Administer.", scope);
        }
    }

    private static string Describe(MacProviderClient before, MacProviderClient now)
    {
        var changes = new List<string>();
        if (!before.VlanId.SequenceEqual(now.VlanId))
        {
            changes.Add(now.VlanId.Count == 0 ? "for all VLANs" : $"for VLAN {string.Join(", ", now.VlanId)}");
        }

        if (before.Scope != now.Scope)
        {
            changes.Add($"scope {now.Scope}");
        }

        if (!string.Equals(before.Group, now.Group, StringComparison.Ordinal))
        {
            changes.Add(now.Group.Length == 0 ? "in no group" : $"in the group '{now.Group}'");
        }

        if (before.Quota != now.Quota)
        {
            changes.Add(now.Quota == 0 ? "without a quota" : $"quota {now.Quota}");
        }

        if (before.ExpiresAt != now.ExpiresAt)
        {
            changes.Add(now.ExpiresAt is { } end ? $"until {end:u}" : "without an end");
        }

        if (!before.TokenDigest.SequenceEqual(now.TokenDigest))
        {
            changes.Add(now.FormerUntil is { } until ? $"new token, the former until {until:u}" : "new token");
        }

        return string.Join(", ", changes);
    }

    /// <summary>Handles belong to a client or a group by its name: one name is one owner.</summary>
    private static MacSegmentationException NameTaken(string name, string why) => new(
        "OwnerNameTaken", MacErrorKind.AlreadyExists, $"'{name}' cannot be had: {why}, and handles belong to clients and groups by their names. Give another name.", name);

    /// <summary>The digest by which a token is known: SHA-256 of its text in UTF-8, 32 octets.</summary>
    /// <param name="token">The token.</param>
    public static byte[] Digest(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
