using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Partitions;

/// <summary>Changes what a policy of a partition matches and does.</summary>
[Cmdlet(VerbsCommon.Set, "MacPartitionPolicy", SupportsShouldProcess = true)]
[OutputType(typeof(MacPartitionPolicy))]
public sealed class SetMacPartitionPolicyCommand : GroupCommitCmdlet<NumberedPolicyChange, Warned<MacPartitionPolicy>>
{
    private bool isDirectionTyped;
    private bool isEtherTypeTyped;

    /// <summary>The policies' numbers, as Get-MacPartitionPolicy shows them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PartitionPolicyIdCompleter))]
    public long[] PolicyId { get; set; } = [];

    /// <summary>The other side from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<PartitionPeer>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(PartitionPeerCompleter))]
    public PartitionPeer? Peer { get; set; }

    /// <summary>What becomes of a packet that matches from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Choice<PartitionAction>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<PartitionAction>))]
    public PartitionAction? Action { get; set; }

    /// <summary>Which way the flow begins from now on; $null for both.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Choice<TrafficDirection>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<TrafficDirection>))]
    public TrafficDirection? Direction { get; set; }

    /// <summary>The EtherType from now on; $null for any.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EtherTypeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(EtherTypeNumberCompleter))]
    public int? EtherType { get; set; }

    /// <summary>The protocol above IP from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<IpProtocol>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(IpProtocolCompleter))]
    public IpProtocol? Protocol { get; set; }

    /// <summary>All destination ports from now on; an empty list for all there are.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<PortRange>(EmptyIsNone = true, IsList = true)]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public PortRange[]? Port { get; set; }

    /// <summary>The port that Redirect and Mirror send to from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Named]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string? To { get; set; }

    /// <summary>The new place among the partition's policies.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? Order { get; set; }

    /// <summary>Whether it is counted only, and decides nothing.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IsStaged")]
    [OnOff(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(OnOffCompleter))]
    public bool? Staged { get; set; }

    /// <summary>Writes the changed policy.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // Nothing in a cell of the pipeline is not given; on the command line it takes away.
        isDirectionTyped = MyInvocation.BoundParameters.ContainsKey(nameof(Direction));
        isEtherTypeTyped = MyInvocation.BoundParameters.ContainsKey(nameof(EtherType));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var change = new PartitionPolicyChange
        {
            Peer = Peer,
            Action = Action,
            Direction = Direction,
            ForBothDirections = isDirectionTyped && Direction is null,
            EtherType = EtherType,
            ForAnyEtherType = isEtherTypeTyped && EtherType is null,
            Protocol = Protocol,
            Port = Port,
            To = string.IsNullOrEmpty(To) ? null : To,
            Order = Order,
            IsStaged = Staged,
        };
        var wanted = new WantedValues<MacPartitionPolicy>(
            new(nameof(Peer), policy => policy.Peer, Peer),
            new(nameof(Action), policy => policy.Action, Action),
            new(nameof(Direction), policy => policy.Direction?.ToString() ?? "both", change.ForBothDirections ? "both" : Direction?.ToString()),
            new(nameof(EtherType), policy => HexText(policy.EtherType) ?? "any", change.ForAnyEtherType ? "any" : HexText(EtherType)),
            new(nameof(Protocol), policy => policy.Protocol, Protocol),
            new(nameof(Port), policy => policy.Port, Port),
            new(nameof(To), policy => policy.To, change.To),
            new(nameof(Order), policy => policy.Order, Order),
            new(nameof(Staged), policy => policy.IsStaged, Staged) { Shown = nameof(MacPartitionPolicy.IsStaged) });
        foreach (long policyId in PolicyId)
        {
            if (MayChange($"Policy {policyId} of a partition", policyId, wanted, store => PartitionCatalog.GetPolicy(store, policyId)))
            {
                Collect(new NumberedPolicyChange(policyId, change));
            }
        }
    }

    private protected override Warned<MacPartitionPolicy> Change(IStoreWriter writer, NumberedPolicyChange item)
    {
        var policy = PartitionCatalog.ChangePolicy(writer, item.PolicyId, item.Change.ApplyTo);
        return new Warned<MacPartitionPolicy>(policy, [.. PartitionWarnings.OfTies(writer, policy)]);
    }

    private protected override void WriteResult(NumberedPolicyChange item, Warned<MacPartitionPolicy> result)
    {
        var changed = result.Tell(this);
        if (PassThru)
        {
            WriteObject(changed);
        }
    }

    private static string? HexText(int? etherType) => etherType is { } type ? $"0x{type:x4}" : null;
}
