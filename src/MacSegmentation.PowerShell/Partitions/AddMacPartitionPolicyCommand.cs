using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Partitions;

/// <summary>Adds a policy to a partition: what its records may send to a peer and receive from it.</summary>
[Cmdlet(VerbsCommon.Add, "MacPartitionPolicy", SupportsShouldProcess = true)]
[OutputType(typeof(MacPartitionPolicy))]
public sealed class AddMacPartitionPolicyCommand : GroupCommitCmdlet<PartitionPolicyRequest, Warned<MacPartitionPolicy>>
{
    /// <summary>The partitions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PartitionName", "Name")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(PartitionNameCompleter))]
    public string[] Partition { get; set; } = [];

    /// <summary>The other side: a partition's name, a VLAN such as vlan:20, or * for anything.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Parsed<PartitionPeer>]
    [ArgumentCompleter(typeof(PartitionPeerCompleter))]
    public PartitionPeer Peer { get; set; }

    /// <summary>What becomes of a packet that matches.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [Choice<PartitionAction>]
    public PartitionAction Action { get; set; }

    /// <summary>Which way the flow begins, as the partition's records see it; none for both.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Choice<TrafficDirection>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<TrafficDirection>))]
    public TrafficDirection? Direction { get; set; }

    /// <summary>The EtherType behind all tags; none for any.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EtherTypeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(EtherTypeNumberCompleter))]
    public int? EtherType { get; set; }

    /// <summary>The protocol above IP: Tcp, Udp, Icmp, IcmpV6, a number, or Any.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<IpProtocol>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(IpProtocolCompleter))]
    public IpProtocol? Protocol { get; set; }

    /// <summary>Destination ports of TCP or UDP: numbers and ranges; none for all.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<PortRange>(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public PortRange[]? Port { get; set; }

    /// <summary>The port that Redirect and Mirror send to, by the name of its interface record or adapter.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Named]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string? To { get; set; }

    /// <summary>Its place among the partition's policies, from 1; none for the last.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? Order { get; set; }

    /// <summary>Has it counted, and decide nothing.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IsStaged")]
    [OnOff(EmptyIsNone = true, NoneIsOff = true)]
    public SwitchParameter Staged { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string partition in Partition)
        {
            if (ShouldProcess($"Partition '{partition}'", $"Add the policy {Describe(partition)}"))
            {
                Collect(new PartitionPolicyRequest
                {
                    Partition = partition,
                    Peer = Peer,
                    Direction = Direction,
                    EtherType = EtherType,
                    Protocol = Protocol ?? IpProtocol.Any,
                    Port = Port ?? [],
                    Action = Action,
                    To = GivenTo,
                    Order = Order,
                    IsStaged = Staged,
                });
            }
        }
    }

    private protected override Warned<MacPartitionPolicy> Change(IStoreWriter writer, PartitionPolicyRequest item)
    {
        var policy = PartitionCatalog.AddPolicy(writer, item);
        return new Warned<MacPartitionPolicy>(policy, [.. PartitionWarnings.OfTies(writer, policy)]);
    }

    private protected override void WriteResult(PartitionPolicyRequest item, Warned<MacPartitionPolicy> result)
    {
        WriteObject(result.Tell(this));
    }

    /// <summary>PowerShell makes an empty text of a property that is null.</summary>
    private string? GivenTo => string.IsNullOrEmpty(To) ? null : To;

    private string Describe(string partition) => new MacPartitionPolicy
    {
        Partition = partition,
        Peer = Peer,
        Direction = Direction,
        EtherType = EtherType,
        Protocol = Protocol ?? IpProtocol.Any,
        Port = Port ?? [],
        Action = Action,
        To = GivenTo,
        IsStaged = Staged,
    }.ToString();
}
