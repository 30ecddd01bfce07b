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

    /// <summary>Creates a client.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">Its name, 1 to 64 characters.</param>
    /// <param name="vlanIds">The VLANs that it may use, 1 to 4094 each; none for all.</param>
    /// <param name="token">Its token: shown now and never again.</param>
    /// <returns>The client as stored.</returns>
    /// <exception cref="MacSegmentationException">InvalidClientName, ClientExists, InvalidVlanId, VlanNotFound.</exception>
    public static MacProviderClient Create(IProviderClientWriter store, string name, IReadOnlyList<int> vlanIds, out string token)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(vlanIds);
        RecordName.Validate(name, "InvalidClientName", "A client");
        foreach (int vlanId in vlanIds)
        {
            VlanCatalog.Get(store, VlanId.Validate(vlanId));
        }

        if (store.FindProviderClient(name) is { } existing)
        {
            throw new MacSegmentationException(
                "ClientExists",
                MacErrorKind.AlreadyExists,
                $"The client '{existing.Name}' exists already. Give another name, or remove it with Remove-MacProviderClient '{existing.Name}' and create it again for a new token.",
                name);
        }

        token = TokenStart + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenOctets));
        var client = store.InsertProviderClient(new MacProviderClient
        {
            Name = name,
            TokenDigest = Digest(token),
            VlanId = [.. vlanIds.Distinct().Order()],
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

    /// <summary>The digest by which a token is known: SHA-256 of its text in UTF-8, 32 octets.</summary>
    /// <param name="token">The token.</param>
    public static byte[] Digest(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
