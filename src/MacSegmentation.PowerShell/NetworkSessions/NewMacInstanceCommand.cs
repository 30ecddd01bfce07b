using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;
using MacSegmentation.Tags;

namespace MacSegmentation.NetworkSessions;

/// <summary>Launches instances: gives each its address, its interface record and its vNIC profile.</summary>
[Cmdlet(VerbsCommon.New, "MacInstance", SupportsShouldProcess = true)]
[OutputType(typeof(MacInstance))]
public sealed class NewMacInstanceCommand : GroupCommitCmdlet<InstanceRequest, MacInstance>
{
    /// <summary>The machines: names of instances and of their interface records.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("VMName", "InstanceName")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Their session.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public string? Session { get; set; }

    /// <summary>Their VLAN, where no session says it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int? VlanId { get; set; }

    /// <summary>A profile of their own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? Profile { get; set; }

    /// <summary>A certain MAC address; none for the next one of the profile's range, or of the VLAN's pool.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StaticMacAddress")]
    [Parsed<MacAddress>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(NextAddressCompleter))]
    public MacAddress? MacAddress { get; set; }

    /// <summary>Fixed IP addresses with their prefix lengths.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string[]? IPAddress { get; set; }

    /// <summary>Tags of their interface records.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Tag]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(TagCompleter))]
    public MacTag[]? Tag { get; set; }

    /// <summary>What an enforcer makes on its Linux host for them to use.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Choice<AttachmentKind>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<AttachmentKind>))]
    public AttachmentKind? Attach { get; set; }

    /// <summary>The enforcer that makes it, or its host.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AttachEnforcer")]
    [Text(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(AttachEnforcerCompleter))]
    public string? Enforcer { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            if (ShouldProcess($"Instance '{name}'", $"Launch {(Session is null ? $"in VLAN {VlanId}" : $"in session '{Session}'")}{(Profile is null ? string.Empty : $" with profile '{Profile}'")}"))
            {
                Collect(new InstanceRequest
                {
                    Name = name,
                    Session = Session,
                    VlanId = VlanId,
                    Profile = Profile,
                    MacAddress = MacAddress,
                    IPAddress = IPAddress ?? [],
                    Tag = Tag ?? [],
                    Attach = Attach ?? AttachmentKind.None,
                    AttachEnforcer = Enforcer,
                });
            }
        }
    }

    private protected override MacInstance Change(IStoreWriter writer, InstanceRequest item) => InstanceCatalog.Launch(writer, item);

    private protected override void WriteResult(InstanceRequest item, MacInstance result) => WriteObject(result);
}
