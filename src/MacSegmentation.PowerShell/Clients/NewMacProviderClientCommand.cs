using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Clients;

/// <summary>Creates a client of the provider service, and shows its token: now and never again.</summary>
[Cmdlet(VerbsCommon.New, "MacProviderClient", SupportsShouldProcess = true)]
[OutputType(typeof(MacProviderClientToken))]
public sealed class NewMacProviderClientCommand : GroupCommitCmdlet<NewClient, MacProviderClientToken>
{
    /// <summary>Its name, unique in the store.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>The VLANs that it may use; none for all.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int[]? VlanId { get; set; }

    /// <summary>What it may do; Request and Read if nothing else is said.</summary>
    [Parameter]
    [Choice<ClientScopes>(IsList = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<ClientScopes>))]
    public ClientScopes[]? Scope { get; set; }

    /// <summary>The group with which it shares the handles that it registers; empty for none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProviderClientGroupCompleter))]
    public string? Group { get; set; }

    /// <summary>The most addresses that it, or its group, may hold; 0 for any number.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AddressCount(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public long? Quota { get; set; }

    /// <summary>When its token ends.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ShouldProcess($"Client '{Name}'", VlanId is { Length: > 0 } ? $"Create for VLAN {string.Join(", ", VlanId)}" : "Create for all VLANs"))
        {
            Collect(new NewClient(Name, VlanId ?? [], new ClientChange
            {
                Scope = Scope?.Aggregate(ClientScopes.None, static (all, one) => all | one),
                Group = Group,
                Quota = Quota,
                ExpiresAt = ExpiresAt,
            }));
        }
    }

    private protected override MacProviderClientToken Change(IStoreWriter writer, NewClient item)
    {
        var client = ProviderClientCatalog.Create(writer, item.Name, item.VlanId, out string token, item.More);
        return new MacProviderClientToken { Name = client.Name, VlanId = client.VlanId, CreatedAt = client.CreatedAt, Token = token };
    }

    private protected override void WriteResult(NewClient item, MacProviderClientToken result) => WriteObject(result);
}
