using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.PolicyExport;
using MacSegmentation.Stores;

namespace MacSegmentation.Policies;

/// <summary>Writes the MAC policies of VLANs for other enforcement points: the Linux bridge, Open vSwitch, Hyper-V.</summary>
[Cmdlet(VerbsData.Export, "MacPolicy", SupportsShouldProcess = true)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExportMacPolicyCommand : StoreCmdlet
{
    private readonly List<int> vlans = [];

    /// <summary>The VLANs; all of the store if none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int[]? VlanId { get; set; }

    /// <summary>For which enforcement point.</summary>
    [Parameter(Mandatory = true)]
    [Choice<PolicyExportFormat>]
    [ArgumentCompleter(typeof(ChoiceCompleter<PolicyExportFormat>))]
    public PolicyExportFormat Format { get; set; }

    /// <summary>Frames without a tag are those of the VLAN.</summary>
    [Parameter]
    public SwitchParameter Untagged { get; set; }

    /// <summary>For HyperV: the virtual machine.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? VMName { get; set; }

    /// <summary>For HyperV: the machine's adapter; all of its adapters if none is given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? VMNetworkAdapterName { get; set; }

    /// <summary>For HyperV: the adapter's address.</summary>
    [Parameter]
    [Parsed<MacAddress>]
    [ArgumentCompleter(typeof(AllocatedAddressCompleter))]
    public MacAddress? MacAddress { get; set; }

    /// <summary>For HyperV: for which way, as the machine sees it.</summary>
    [Parameter]
    [Choice<AclDirection>]
    [ArgumentCompleter(typeof(ChoiceCompleter<AclDirection>))]
    public AclDirection? Direction { get; set; }

    /// <summary>The file to write; none to write the text to the pipeline.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Leaves a file alone that exists.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Writes the file as an object.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => vlans.AddRange(VlanId ?? []);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            string? path = Path is null ? null : this.ResolveFile(Path);
            if (NoClobber && path is not null)
            {
                PolicyExportFile.RequireNew(path);
            }

            var request = new PolicyExportRequest { Format = Format, VlanIds = vlans, Untagged = Untagged, Adapter = HyperVAdapter.Of(VMName, VMNetworkAdapterName, MacAddress, Direction) };
            Read(store => PolicyExporter.Export(store, request), export => Write(export, path));
        }
        catch (MacSegmentationException error)
        {
            Write(error);
        }
    }

    private void Write(MacPolicyExport export, string? path)
    {
        foreach (string limit in export.Limits)
        {
            WriteWarning(limit);
        }

        if (path is null)
        {
            // Whatever takes a text from the pipeline ends its last line.
            WriteObject(export.Text.TrimEnd('\n'));
        }
        else if (ShouldProcess(path, $"Write the policies for {Format}"))
        {
            Await(
                () =>
                {
                    PolicyExportFile.Write(path, export, mayReplace: !NoClobber);
                    return path;
                },
                "Writing the policies",
                place: path);
            if (PassThru)
            {
                WriteObject(InvokeProvider.Item.Get([path], force: false, literalPath: true), enumerateCollection: true);
            }
        }
    }
}
