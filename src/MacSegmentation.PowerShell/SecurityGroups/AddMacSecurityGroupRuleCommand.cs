using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityGroups;

/// <summary>Adds a rule to a security group: flows that its members admit.</summary>
[Cmdlet(VerbsCommon.Add, "MacSecurityGroupRule", SupportsShouldProcess = true)]
[OutputType(typeof(MacSecurityGroupRule))]
public sealed class AddMacSecurityGroupRuleCommand : GroupCommitCmdlet<RuleRequest, MacSecurityGroupRule>
{
    /// <summary>The groups.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupName", "Name")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SecurityGroupNameCompleter))]
    public string[] Group { get; set; } = [];

    /// <summary>Which way the flow begins, as a member's machine sees it.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Choice<TrafficDirection>]
    public TrafficDirection Direction { get; set; }

    /// <summary>The protocol above IP: Tcp, Udp, Icmp, IcmpV6, a number, or Any.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [Parsed<IpProtocol>]
    [ArgumentCompleter(typeof(IpProtocolCompleter))]
    public IpProtocol Protocol { get; set; }

    /// <summary>Destination ports of TCP or UDP: numbers and ranges; none for all.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<PortRange>(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public PortRange[]? Port { get; set; }

    /// <summary>The other side: an address, or a prefix such as 10.0.0.0/24; none for any.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(InterfaceIPAddressCompleter))]
    public string? RemoteAddress { get; set; }

    /// <summary>The group that stands for the addresses of its members on the other side; none for any.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Named]
    [ArgumentCompleter(typeof(SecurityGroupNameCompleter))]
    public string? RemoteGroup { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string group in Group)
        {
            if (ShouldProcess($"Security group '{group}'", $"Add the rule {Describe()}"))
            {
                Collect(new RuleRequest
                {
                    GroupName = group,
                    Direction = Direction,
                    Protocol = Protocol,
                    Port = Port ?? [],
                    RemoteAddress = GivenOrNull(RemoteAddress),
                    RemoteGroup = GivenOrNull(RemoteGroup),
                });
            }
        }
    }

    private protected override MacSecurityGroupRule Change(IStoreWriter writer, RuleRequest item) => SecurityGroupCatalog.AddRule(writer, item);

    private protected override void WriteResult(RuleRequest item, MacSecurityGroupRule result) => WriteObject(result);

    /// <summary>PowerShell makes an empty text of a property that is null.</summary>
    private static string? GivenOrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private string Describe() => string.Join(
        ' ', new[] { $"{Direction}", $"{Protocol}", string.Join(',', Port ?? []), GivenOrNull(RemoteAddress), GivenOrNull(RemoteGroup) }.Where(part => !string.IsNullOrEmpty(part)));
}
