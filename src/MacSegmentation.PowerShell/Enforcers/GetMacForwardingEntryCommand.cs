using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Forwarding;

namespace MacSegmentation.Enforcers;

/// <summary>Lists the addresses that running switches know, and where they are.</summary>
[Cmdlet(VerbsCommon.Get, "MacForwardingEntry")]
[OutputType(typeof(MacForwardingEntry))]
public sealed class GetMacForwardingEntryCommand : SwitchCmdlet
{
    /// <summary>Only these addresses.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Parsed<MacAddress>(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(ForwardingEntryCompleter))]
    public MacAddress[]? MacAddress { get; set; }

    /// <summary>Only what is behind these network interfaces; wildcards allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(SwitchPortCompleter))]
    public string[] Port { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var (name, bridge) in SelectSwitches())
        {
            var entries = bridge.ListForwardingEntries().Where(entry => HasVlan(entry.VlanId) && (MacAddress is null || MacAddress.Contains(entry.MacAddress)));
            foreach (var entry in NameFilter.Select(entries, entry => entry.Port, Port))
            {
                WriteObject(entry with { Enforcer = name });
            }
        }
    }
}
