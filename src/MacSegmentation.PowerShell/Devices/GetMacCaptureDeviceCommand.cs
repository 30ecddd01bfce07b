using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Pcap;

namespace MacSegmentation.Devices;

/// <summary>Lists the adapters that an enforcer can open, and why it cannot open others.</summary>
[Cmdlet(VerbsCommon.Get, "MacCaptureDevice")]
[OutputType(typeof(MacCaptureDevice))]
public sealed class GetMacCaptureDeviceCommand : PSCmdlet
{
    /// <summary>Only adapters with these names; wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Adapter", "Interface", "InterfaceAlias")]
    [Named]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AdapterCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            try
            {
                WriteObject(
                    WildcardPattern.ContainsWildcardCharacters(name)
                        ? NameFilter.Select(CaptureDevices.List(), device => device.Name, [name])
                        : CaptureDevices.Get(name),
                    enumerateCollection: true);
            }
            catch (MacSegmentationException error)
            {
                WriteError(error.ToRecord());
            }
        }
    }
}
