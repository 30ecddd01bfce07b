using System.CommandLine;
using MacSegmentation.Addressing;
using MacSegmentation.Options;
using MacSegmentation.Output;
using MacSegmentation.PolicyExport;

namespace MacSegmentation.Commands;

/// <summary>macseg export-policy: writes the MAC policies of VLANs for other enforcement points.</summary>
internal static class ExportPolicyCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var store = StoreAccess.Option("The store; it must exist.");
        var format = ParsedOption.CreateChoice("--format", "For which enforcement point: the Linux bridge, Open vSwitch, or an adapter of Hyper-V.", Enum.GetValues<PolicyExportFormat>());
        format.Required = true;
        var vlan = new Option<int[]>("--vlan") { Description = "The VLAN, 1 to 4094; repeat it for several. All of the store if none is given.", HelpName = "VLAN" };
        var untagged = new Option<bool>("--untagged") { Description = "Frames without a tag are those of the VLAN." };
        var machine = new Option<string?>("--vm-name") { Description = "For HyperV: the virtual machine.", HelpName = "NAME" };
        var adapter = new Option<string?>("--vm-network-adapter-name") { Description = "For HyperV: the machine's adapter; all of its adapters if none is given.", HelpName = "NAME" };
        var address = ParsedOption.Create<MacAddress>("--mac-address", "MAC", "For HyperV: the adapter's address.");
        var direction = ParsedOption.CreateChoice("--direction", "For HyperV: for which way, as the machine sees it.", Enum.GetValues<AclDirection>());
        var command = new Command("export-policy", "Writes the MAC policies of VLANs for another enforcement point to standard output, and as warnings what it cannot express.")
        {
            store, format, vlan, untagged, machine, adapter, address, direction,
        };
        StoreAccess.Require(command, store);
        command.SetAction(parsed =>
        {
            var request = new PolicyExportRequest
            {
                Format = parsed.GetRequiredValue(format),
                VlanIds = parsed.GetValue(vlan) ?? [],
                Untagged = parsed.GetValue(untagged),
                Adapter = HyperVAdapter.Of(parsed.GetValue(machine), parsed.GetValue(adapter), parsed.GetValue(address), parsed.GetResult(direction) is null ? null : parsed.GetValue(direction)),
            };
            using var opened = StoreAccess.OpenToRead(StoreAccess.PlaceOf(parsed, store));
            var export = opened.Read(reader => PolicyExporter.Export(reader, request));
            foreach (string limit in export.Limits)
            {
                terminal.Warn(limit);
            }

            terminal.Output.Write(export.Text);
        });
        return command;
    }
}
