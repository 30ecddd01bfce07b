using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Clients;

/// <summary>Changes what clients of the provider service may do, how much and how long, and gives them new tokens.</summary>
[Cmdlet(VerbsCommon.Set, "MacProviderClient", SupportsShouldProcess = true)]
[OutputType(typeof(MacProviderClient), typeof(MacProviderClientToken))]
public sealed class SetMacProviderClientCommand : GroupCommitCmdlet<ChangedClient, SetMacProviderClientCommand.Changed>
{
    /// <summary>The clients.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProviderClientNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The VLANs that they may use; 0 for all.</summary>
    [Parameter]
    [Alias("Vlan")]
    [VlanNumber(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int[]? VlanId { get; set; }

    /// <summary>Lets them use all VLANs.</summary>
    [Parameter]
    public SwitchParameter AllVlans { get; set; }

    /// <summary>What they may do.</summary>
    [Parameter]
    [Choice<ClientScopes>(IsList = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<ClientScopes>))]
    public ClientScopes[]? Scope { get; set; }

    /// <summary>The group with which they share the handles that they register from now on; empty for none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProviderClientGroupCompleter))]
    public string? Group { get; set; }

    /// <summary>The most addresses that each, or its group, may hold; 0 for any number.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AddressCount(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public long? Quota { get; set; }

    /// <summary>When their tokens end.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Lets their tokens hold without an end.</summary>
    [Parameter]
    public SwitchParameter NeverExpires { get; set; }

    /// <summary>Gives them new tokens, and shows them: now and never again.</summary>
    [Parameter]
    public SwitchParameter Rotate { get; set; }

    /// <summary>How long the former tokens go on beside the new ones; a number is one of seconds.</summary>
    [Parameter]
    [Seconds]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public TimeSpan Overlap { get; set; }

    /// <summary>Writes the changed client, where it has no new token.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IReadOnlyList<int>? vlans = AllVlans ? [] : VlanId;
        ClientScopes? scope = Scope?.Aggregate(ClientScopes.None, static (all, one) => all | one);
        DateTimeOffset? end = NeverExpires ? DateTimeOffset.MaxValue : ExpiresAt;
        var wanted = new WantedValues<MacProviderClient>(
            new(nameof(VlanId), client => client.VlanId, vlans),
            new(nameof(Scope), client => client.Scope, scope),
            new(nameof(Group), client => client.Group, Group),
            new(nameof(Quota), client => client.Quota, Quota),
            new(nameof(ExpiresAt), client => client.ExpiresAt, NeverExpires ? "never" : end),
            new(nameof(Rotate), _ => "the token that it has", Rotate ? "a new token" : null),
            new(nameof(Overlap), _ => TimeSpan.Zero, MyInvocation.BoundParameters.ContainsKey(nameof(Overlap)) ? Overlap : null));
        foreach (string name in Name)
        {
            if (MayChange($"Client '{name}'", name, wanted, store => ProviderClientCatalog.Get(store, name)))
            {
                Collect(new ChangedClient(name, new ClientChange
                {
                    VlanId = vlans,
                    Scope = scope,
                    Group = Group,
                    Quota = Quota,
                    ExpiresAt = end,
                    Rotate = Rotate,
                    Overlap = Overlap,
                }));
            }
        }
    }

    private protected override Changed Change(IStoreWriter writer, ChangedClient item) =>
        new(ProviderClientCatalog.Change(writer, item.Name, item.Change, out string? token), token);

    private protected override void WriteResult(ChangedClient item, Changed result)
    {
        if (result.Token is { } token)
        {
            WriteObject(new MacProviderClientToken { Name = result.Client.Name, VlanId = result.Client.VlanId, CreatedAt = result.Client.CreatedAt, Token = token });
        }
        else if (PassThru)
        {
            WriteObject(result.Client);
        }
    }

    /// <summary>What became of a client.</summary>
    /// <param name="Client">The client as it is now.</param>
    /// <param name="Token">Its new token; null if it keeps the one that it has.</param>
    public sealed record Changed(MacProviderClient Client, string? Token);
}
