using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;
using MacSegmentation.Tags;

namespace MacSegmentation.InterfaceRecords;

/// <summary>Creates an interface record: the virtual network adapter of a machine, with the addresses that its port may use.</summary>
[Cmdlet(VerbsCommon.New, "MacInterface", SupportsShouldProcess = true)]
[OutputType(typeof(MacInterface))]
public sealed class NewMacInterfaceCommand : GroupCommitCmdlet<InterfaceRequest, MacInterface>
{
    /// <summary>Its name, unique in the store.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [InterfaceName(TakesName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>Its VLAN, 1 to 4094.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int VlanId { get; set; }

    /// <summary>Its fixed addresses with the lengths of their subnets' prefixes; none if it is not held to any.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string[]? IPAddress { get; set; }

    /// <summary>Its MAC address; none for the next one of the VLAN's pool.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StaticMacAddress")]
    [Parsed<MacAddress>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeAllocationCompleter))]
    public MacAddress? MacAddress { get; set; }

    /// <summary>The machine that it belongs to; none for the interface's name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("VMName", "VMId")]
    [Named]
    [ArgumentCompleter(typeof(InstanceIdCompleter))]
    public string? InstanceId { get; set; }

    /// <summary>Whether its port lets in only frames from its own addresses and those of its pairs; on unless said otherwise.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OnOff(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(OnOffCompleter))]
    public bool? PortSecurity { get; set; }

    /// <summary>Whether its port lets in nothing that a DHCP server says; on unless said otherwise.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OnOff(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(OnOffCompleter))]
    public bool? DhcpGuard { get; set; }

    /// <summary>Whether its port lets in no router advertisements and redirects; on unless said otherwise.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OnOff(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(OnOffCompleter))]
    public bool? RouterGuard { get; set; }

    /// <summary>Whether no security trigger ever tags it; off unless said otherwise.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OnOff(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(OnOffCompleter))]
    public bool? TriggerExempt { get; set; }

    /// <summary>ARP packets a second that its port lets in; 0 for no limit.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? ArpRateLimit { get; set; }

    /// <summary>DHCP messages a second that its port lets in; 0 for no limit.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? DhcpRateLimit { get; set; }

    /// <summary>Router solicitations a second that its port lets in; 0 for no limit.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? RsRateLimit { get; set; }

    /// <summary>What its port lets in beside IPv4, IPv6 and ARP.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(EtherTypeCompleter))]
    public string[]? PermittedEtherType { get; set; }

    /// <summary>Its tags: texts, whole numbers, and hashtables for JSON.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Tag]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(TagCompleter))]
    public MacTag[]? Tag { get; set; }

    /// <summary>The vNIC profile that its port has.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? Profile { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ShouldProcess($"Interface '{Name}'", $"Create in VLAN {VlanId}"))
        {
            Collect(new InterfaceRequest
            {
                Name = Name,
                VlanId = VlanId,
                MacAddress = MacAddress,
                IPAddress = IPAddress ?? [],
                InstanceId = string.IsNullOrEmpty(InstanceId) ? null : InstanceId,
                PortSecurity = PortSecurity ?? true,
                DhcpGuard = DhcpGuard ?? true,
                RouterGuard = RouterGuard ?? true,
                ArpRateLimit = ArpRateLimit ?? MacInterface.DefaultArpRateLimit,
                DhcpRateLimit = DhcpRateLimit ?? MacInterface.DefaultDhcpRateLimit,
                RsRateLimit = RsRateLimit ?? MacInterface.DefaultRsRateLimit,
                PermittedEtherType = PermittedEtherType ?? [],
                TriggerExempt = TriggerExempt ?? false,
                Profile = Profile,
                Tag = Tag ?? [],
            });
        }
    }

    private protected override MacInterface Change(IStoreWriter writer, InterfaceRequest item) => InterfaceCatalog.Create(writer, item);

    private protected override void WriteResult(InterfaceRequest item, MacInterface result) => WriteObject(result);
}
