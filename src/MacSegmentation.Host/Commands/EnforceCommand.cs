using System.CommandLine;
using System.CommandLine.Parsing;
using MacSegmentation.Addressing;
using MacSegmentation.Configuration;
using MacSegmentation.Enforcement;
using MacSegmentation.Offloads;
using MacSegmentation.Output;
using MacSegmentation.Pcap;
using MacSegmentation.Policies;
using MacSegmentation.Stores;
using MacSegmentation.Switching;

namespace MacSegmentation.Commands;

/// <summary>macseg enforce: judges the frames of a capture file, or those between two interfaces until it is stopped.</summary>
internal sealed class EnforceCommand
{
    private readonly Terminal terminal;
    private readonly Option<string> config = new("--config") { Description = "The policies: a document, loaded into a temporary store.", HelpName = "FILE.json" };
    private readonly Option<string> store = StoreAccess.Option("The policies: a store that exists. Changes to it come into force within 100 ms.");
    private readonly Option<string> read = new("--read") { Description = "The capture to judge: pcap or pcapng.", HelpName = "FILE" };
    private readonly Option<string> write = new("--write") { Description = "Where the forwarded frames are written, as pcap.", HelpName = "FILE" };
    private readonly Option<string> denied = new("--denied") { Description = "Where the denied frames are written, as pcap.", HelpName = "FILE" };
    private readonly Option<string[]> interfaces = new("--interface") { Description = "An interface to stand between; give two.", HelpName = "NAME" };
    private readonly Option<bool> disableOffload = new("--disable-offload")
    {
        Description = "Turn off the interfaces' offloads that merge frames or leave them unfinished, and on again at the end.",
    };

    private readonly Option<int[]> nativeVlan = new("--native-vlan")
    {
        Description = "The VLAN of frames without a tag, 1 if not given. With two interfaces: once for both, or once for each.",
        HelpName = "VLAN",
    };

    private readonly Option<PolicyAction> unknownVlan = new("--unknown-vlan")
    {
        Description = "What happens to frames of a VLAN that the store does not have.",
        DefaultValueFactory = _ => PolicyAction.Allow,
    };

    private readonly Option<bool> json = OutputFormat.Option();

    private EnforceCommand(Terminal terminal) => this.terminal = terminal;

    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var parts = new EnforceCommand(terminal);
        var command = new Command("enforce", "Judges the frames of a capture file, or those between two interfaces until Ctrl+C.")
        {
            parts.config, parts.store, parts.read, parts.write, parts.denied, parts.interfaces, parts.disableOffload, parts.nativeVlan, parts.unknownVlan, parts.json,
        };
        command.Validators.Add(parts.Validate);
        command.SetAction(parts.Enforce);
        return command;
    }

    private void Validate(CommandResult given)
    {
        bool Has(Option option) => given.GetResult(option) is { Implicit: false };
        bool isCapture = Has(read) || Has(write) || Has(denied);
        int ports = given.GetResult(interfaces)?.Tokens.Count ?? 0;
        int nativeVlans = given.GetResult(nativeVlan)?.Tokens.Count ?? 0;
        if (Has(config) == Has(store))
        {
            given.AddError("Give the policies as one of --config FILE.json and --store FILE.db.");
        }

        if (isCapture == ports > 0)
        {
            given.AddError("Give either --read FILE and --write FILE, or --interface NAME twice.");
        }
        else if (isCapture && !(Has(read) && Has(write)))
        {
            given.AddError("A capture needs both --read FILE and --write FILE.");
        }
        else if (!isCapture && ports != 2)
        {
            given.AddError("An enforcer stands between two interfaces: give --interface NAME twice.");
        }

        if (nativeVlans > (isCapture ? 1 : 2))
        {
            given.AddError("Give --native-vlan at most once for each interface, and once for a capture.");
        }

        if (isCapture && Has(disableOffload))
        {
            given.AddError("--disable-offload is for interfaces.");
        }
    }

    private int Enforce(ParseResult given)
    {
        using var policies = given.GetValue(config) is { } document
            ? StoreAccess.OpenTemporary(ConfigurationFile.Read(document))
            : StoreAccess.OpenExisting(given.GetRequiredValue(store));
        using var follower = new StoreFollower(policies, given.GetValue(unknownVlan));
        bool isCapture = given.GetValue(read) is not null;
        using var enforcer = new PolicyEnforcer(follower.Table, isCapture ? [OpenCapture(given)] : OpenInterfaces(given));
        var run = new EnforcerRun(enforcer, terminal, given.GetValue(json));
        if (isCapture)
        {
            return run.RunCapture();
        }

        follower.Start(enforcer);
        return run.RunLive();
    }

    private EnforcerRoute OpenCapture(ParseResult given) => CaptureRoute.Open(
        given.GetRequiredValue(read), given.GetRequiredValue(write), given.GetValue(denied), given.GetValue(nativeVlan) is [int vlan] ? vlan : VlanId.Minimum);

    private IReadOnlyList<EnforcerRoute> OpenInterfaces(ParseResult given)
    {
        string[] names = given.GetRequiredValue(interfaces);
        int[] vlans = given.GetValue(nativeVlan) ?? [];
        var pair = LivePair.Open(
            names[0],
            names[1],
            vlans.FirstOrDefault(VlanId.Minimum),
            vlans.LastOrDefault(VlanId.Minimum),
            new LivePortOptions { DisableOffload = given.GetValue(disableOffload) });
        foreach (var offload in pair.Offloads)
        {
            terminal.Error.WriteLine($"macseg: Warning: {offload}.{(offload.Effect == OffloadEffect.OutOfSight ? string.Empty : " Turn it off with --disable-offload.")}");
        }

        return pair.Routes;
    }
}
