using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;
using MacSegmentation.Tags;

namespace MacSegmentation.InterfaceRecords;

/// <summary>Changes an interface record's addresses, machine or what its port is held to.</summary>
[Cmdlet(VerbsCommon.Set, "MacInterface", SupportsShouldProcess = true)]
[OutputType(typeof(MacInterface))]
public sealed class SetMacInterfaceCommand : GroupCommitCmdlet<NamedInterfaceChange, MacInterface>
{
    private bool isInstanceGiven;
    private bool isProfileGiven;

    /// <summary>The records.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("InterfaceName")]
    [InterfaceName(TakesName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>All fixed addresses from now on; an empty list for none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true, IsList = true)]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string[]? IPAddress { get; set; }

    /// <summary>The new MAC address. Pairs without an address of their own follow it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StaticMacAddress")]
    [Parsed<MacAddress>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeAllocationCompleter))]
    public MacAddress? MacAddress { get; set; }

    /// <summary>The machine that it belongs to from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("VMName", "VMId")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InstanceIdCompleter))]
    public string? InstanceId { get; set; }

    /// <summary>Whether its port lets in only frames from its own addresses and those of its pairs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OnOff(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(OnOffCompleter))]
    public bool? PortSecurity { get; set; }

    /// <summary>Whether its port lets in nothing that a DHCP server says.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OnOff(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(OnOffCompleter))]
    public bool? DhcpGuard { get; set; }

    /// <summary>Whether its port lets in no router advertisements and redirects.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OnOff(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(OnOffCompleter))]
    public bool? RouterGuard { get; set; }

    /// <summary>Whether no security trigger ever tags it from now on.</summary>
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

    /// <summary>All that its port lets in beside IPv4, IPv6 and ARP from now on; an empty list for nothing.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true, IsList = true)]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(EtherTypeCompleter))]
    public string[]? PermittedEtherType { get; set; }

    /// <summary>All its tags from now on; an empty list for none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Tag]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(TagCompleter))]
    public MacTag[]? Tag { get; set; }

    /// <summary>Tags that it has from now on beside those that it has.</summary>
    [Parameter]
    [Tag]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(TagCompleter))]
    public MacTag[]? AddTag { get; set; }

    /// <summary>Tags that it has no longer.</summary>
    [Parameter]
    [Tag]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(TagCompleter))]
    public MacTag[]? RemoveTag { get; set; }

    /// <summary>The vNIC profile that its port has from now on; $null or an empty text for none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? Profile { get; set; }

    /// <summary>Writes the changed record.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        isInstanceGiven = InstanceId is not null;
        isProfileGiven = MyInvocation.BoundParameters.ContainsKey(nameof(Profile));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // An empty cell is a machine that is not given; an empty one on the command line is wrong, and told so.
        string? instanceId = isInstanceGiven || !string.IsNullOrEmpty(InstanceId) ? InstanceId : null;
        string? profile = isProfileGiven ? Profile ?? string.Empty : string.IsNullOrEmpty(Profile) ? null : Profile;
        var change = new InterfaceChange
        {
            IPAddress = IPAddress,
            MacAddress = MacAddress,
            InstanceId = instanceId,
            PortSecurity = PortSecurity,
            DhcpGuard = DhcpGuard,
            RouterGuard = RouterGuard,
            ArpRateLimit = ArpRateLimit,
            DhcpRateLimit = DhcpRateLimit,
            RsRateLimit = RsRateLimit,
            PermittedEtherType = PermittedEtherType,
            TriggerExempt = TriggerExempt,
            Profile = profile,
            Tag = Tag,
            AddTag = AddTag ?? [],
            RemoveTag = RemoveTag ?? [],
        };
        var wanted = new WantedValues<MacInterface>(
            new(nameof(IPAddress), record => record.IPAddress, IPAddress),
            new(nameof(MacAddress), record => record.MacAddress, MacAddress),
            new(nameof(InstanceId), record => record.InstanceId, instanceId),
            new(nameof(PortSecurity), record => record.PortSecurity, PortSecurity),
            new(nameof(DhcpGuard), record => record.DhcpGuard, DhcpGuard),
            new(nameof(RouterGuard), record => record.RouterGuard, RouterGuard),
            new(nameof(ArpRateLimit), record => record.ArpRateLimit, ArpRateLimit),
            new(nameof(DhcpRateLimit), record => record.DhcpRateLimit, DhcpRateLimit),
            new(nameof(RsRateLimit), record => record.RsRateLimit, RsRateLimit),
            new(nameof(PermittedEtherType), record => record.PermittedEtherType, PermittedEtherType),
            new(nameof(TriggerExempt), record => record.TriggerExempt, TriggerExempt),
            new(nameof(Profile), record => record.Profile, profile) { After = _ => profile is { Length: > 0 } ? profile : null },
            new($"{nameof(Tag)}, {nameof(AddTag)}, {nameof(RemoveTag)}", record => record.Tag, (object?)Tag ?? (object?)AddTag ?? RemoveTag)
            {
                Shown = nameof(MacInterface.Tag),
                After = record => change.TagsAfter(record.Tag).Distinct(),
            });
        foreach (string name in Name)
        {
            if (MayChange($"Interface '{name}'", name, wanted, store => InterfaceCatalog.Get(store, name)))
            {
                Collect(new NamedInterfaceChange(name, change));
            }
        }
    }

    private protected override MacInterface Change(IStoreWriter writer, NamedInterfaceChange item) => InterfaceCatalog.Change(writer, item.Name, item.Change);

    private protected override void WriteResult(NamedInterfaceChange item, MacInterface result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
