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

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ShouldProcess($"Client '{Name}'", VlanId is { Length: > 0 } ? $"Create for VLAN {string.Join(", ", VlanId)}" : "Create for all VLANs"))
        {
            Collect(new NewClient(Name, VlanId ?? []));
        }
    }

    private protected override MacProviderClientToken Change(IStoreWriter writer, NewClient item)
    {
        var client = ProviderClientCatalog.Create(writer, item.Name, item.VlanId, out string token);
        return new MacProviderClientToken { Name = client.Name, VlanId = client.VlanId, CreatedAt = client.CreatedAt, Token = token };
    }

    private protected override void WriteResult(NewClient item, MacProviderClientToken result) => WriteObject(result);
}
