using System.CommandLine;
using System.CommandLine.Parsing;
using MacSegmentation.Addressing;
using MacSegmentation.Attaching;
using MacSegmentation.Enforcement;
using MacSegmentation.Events;
using MacSegmentation.Following;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.LivePorts;
using MacSegmentation.NicMetrics;
using MacSegmentation.Offloads;
using MacSegmentation.Options;
using MacSegmentation.Output;
using MacSegmentation.Pcap;
using MacSegmentation.Ports;
using MacSegmentation.Profiles;
using MacSegmentation.NetworkSessions;
using MacSegmentation.ProfileRules;
using MacSegmentation.SecurityTriggers;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Telemetry;

namespace MacSegmentation.Commands;

/// <summary>macseg enforce: judges the frames of a capture file, or those between network adapters until it is stopped.</summary>
internal sealed class EnforceCommand
{
    private const string ReadOption = "--read";

    private readonly Terminal terminal;
    private readonly ConfigurationSource configuration = new("The policies: a store that exists. Changes to it come into force within 100 ms.");
    private readonly Option<string> read = new(ReadOption) { Description = "The capture to judge: pcap or pcapng.", HelpName = "FILE" };
    private readonly Option<string> write = new("--write") { Description = "Where the forwarded frames are written: as pcapng if the name ends in .pcapng, else as pcap.", HelpName = "FILE" };
    private readonly Option<string> denied = new("--denied") { Description = "Where the denied frames are written: as pcapng if the name ends in .pcapng, else as pcap.", HelpName = "FILE" };
    private readonly Option<bool> noClobber = new("--no-clobber") { Description = "Leave files alone that exist, instead of replacing them." };
    private readonly Option<string[]> adapters = new("--adapter", "--interface") { Description = "A network adapter to stand between; give two.", HelpName = "NAME" };
    private readonly SwitchArguments? switching;
    private readonly Option<bool> disableOffload = new("--disable-offload")
    {
        Description = "Turn off the adapters' offloads that merge frames or leave them unfinished, and on again at the end.",
    };

    private readonly Option<int[]> nativeVlan = new("--native-vlan")
    {
        Description = "The VLAN of frames without a tag, 1 if not given. With two adapters: once for both, or once for each.",
        HelpName = "VLAN",
    };

    private readonly Option<string> profile = new("--profile")
    {
        Description = "The vNIC profile of the instance behind the first adapter, or of the one that the capture's frames go to.",
        HelpName = "NAME",
    };

    private readonly Option<ProfileDirection> profileDirection = new("--profile-direction") { Description = "Whether the capture's frames go to the instance that has the profile (Ingress), or come from it." };
    private readonly Option<string> scenario = new("--scenario")
    {
        Description = "A file of which profiles that instance has over time, from the start on, in a capture by the times of its frames; --profile is what it has otherwise.",
        HelpName = "FILE",
    };

    private readonly Option<long?> seed = new("--seed") { Description = "What the losses and delays of vNIC profiles follow from: with the same number they come again.", HelpName = "NUMBER" };

    private readonly Option<string> otlp = new("--otlp")
    {
        Description = "Send the metrics of vNICs to a collector by OTLP, such as http://collector:4318. Without it, where OTEL_EXPORTER_OTLP_ENDPOINT says; else nowhere.",
        HelpName = "URL",
    };

    private readonly Option<string> name = new("--name") { Description = "What instances call it that are to have their tap or veth port here (New-MacInstance -Enforcer), beside the host's name.", HelpName = "NAME" };

    private readonly Option<bool> json = OutputFormat.Option();

    private EnforceCommand(Terminal terminal, bool isForCapture)
    {
        this.terminal = terminal;
        switching = isForCapture ? null : new SwitchArguments();
    }

    /// <summary>Makes the command.</summary>
    /// <param name="terminal">Where it speaks.</param>
    /// <param name="line">The line that it is for: one that judges a capture needs no options of a switch.</param>
    public static Command Create(Terminal terminal, string[] line)
    {
        var parts = new EnforceCommand(terminal, isForCapture: line.Contains(ReadOption, StringComparer.Ordinal));
        var command = new Command("enforce", "Judges the frames of a capture file, or those between two network adapters or the ports of a switch until Ctrl+C.");
        parts.configuration.AddTo(command);
        foreach (var option in (Option[])[parts.read, parts.write, parts.denied, parts.noClobber, parts.adapters, parts.nativeVlan, parts.profile, parts.profileDirection, parts.scenario, parts.seed, parts.name])
        {
            command.Add(option);
        }

        parts.switching?.AddTo(command);
        command.Add(parts.disableOffload);
        command.Add(parts.otlp);
        command.Add(parts.json);
        command.Validators.Add(parts.Validate);
        command.SetAction(parts.Enforce);
        return command;
    }

    private void Validate(CommandResult given)
    {
        bool Has(Option option) => given.GetResult(option) is { Implicit: false };
        bool isCapture = Has(read) || Has(write) || Has(denied) || Has(noClobber);
        bool isSwitch = switching?.IsSwitch(given) ?? false;
        int ends = given.GetResult(adapters)?.Tokens.Count ?? 0;
        int nativeVlans = given.GetResult(nativeVlan)?.Tokens.Count ?? 0;
        if ((isCapture ? 1 : 0) + (isSwitch ? 1 : 0) + (ends > 0 ? 1 : 0) != 1)
        {
            given.AddError("Give one of: --read FILE and --write FILE; --adapter NAME twice; the ports of a switch by --port, --access, --trunk, --uplink, --vxlan and --geneve.");
        }
        else if (isCapture && !(Has(read) && Has(write)))
        {
            given.AddError("A capture needs both --read FILE and --write FILE.");
        }
        else if (ends > 0 && ends != 2)
        {
            given.AddError("An enforcer stands between two adapters: give --adapter NAME twice.");
        }

        if (isSwitch && nativeVlans > 0)
        {
            given.AddError("A port of a switch has its native VLAN among its VLANs, such as --uplink eth1=10,20,native:1: leave --native-vlan out.");
        }
        else if (nativeVlans > (isCapture ? 1 : 2))
        {
            given.AddError("Give --native-vlan at most once for each adapter, and once for a capture.");
        }

        if (!isSwitch && switching?.FindOption(given) is { } option)
        {
            given.AddError($"{option} is for a switch, whose ports are given by --port, --access, --trunk, --uplink, --vxlan and --geneve.");
        }

        if (isSwitch && (Has(profile) || Has(scenario)))
        {
            given.AddError("A port of a switch has the profile of its interface: give that one with Set-MacInterface -Profile, or in the document; a scenario its session's.");
        }

        if (!isCapture && Has(profileDirection))
        {
            given.AddError("--profile-direction is for captures. Between adapters the instance is behind the first one.");
        }

        if (!isSwitch && Has(name))
        {
            given.AddError("--name is for a switch: no other enforcer makes ports for instances.");
        }

        if (isCapture && Has(disableOffload))
        {
            given.AddError("--disable-offload is for network adapters.");
        }

        if (Has(otlp) && !isSwitch)
        {
            given.AddError("--otlp is for a switch: only its ports have instances, of which metrics are told.");
        }
    }

    private int Enforce(ParseResult given)
    {
        var open = configuration.Read(given);
        var rehearsal = given.GetValue(read) is null ? Task.CompletedTask : Task.Run(CaptureRehearsal.Run);
        using var store = open();
        using var follower = configuration.Follow(store, given);
        if (given.GetValue(read) is not null)
        {
            rehearsal.GetAwaiter().GetResult();
            using var judge = new PolicyEnforcer(follower.Snapshot, follower.Table, [OpenCapture(given).With(Profile(given, store), given.GetValue(profileDirection), Scenario(given, store))], Options(given));
            return new EnforcerRun(judge, terminal, given.GetValue(json)).RunCapture();
        }

        if (switching is null || !switching.IsSwitch(given.CommandResult))
        {
            return Run(given, store, follower, new PolicyEnforcer(follower.Snapshot, follower.Table, OpenAdapters(given).WithInstanceAtFirst(Profile(given, store), Scenario(given, store)), Options(given)));
        }

        var ports = switching.ReadPorts(given);
        SwitchLayout.Validate(ports, follower.Snapshot);
        if (SwitchLayout.WarnOfTunnels(ports, follower.Snapshot) is { } lack)
        {
            terminal.Warn(lack);
        }

        string[] records = [.. ports.Select(port => port.MacInterface).OfType<string>()];
        if (store.Info.IsReadOnly && records.Length > 0)
        {
            terminal.Warn("The store may only be read: it does not say that this enforcer uses interface records, and they can be removed under its ports.");
        }

        using var uses = store.Info.IsReadOnly ? null : new InterfaceUseReporter(store, records);
        return Run(given, store, follower, new PolicyEnforcer(follower.Snapshot, follower.Table, OpenPorts(given, ports, switching.ReadOptions(given)).WithAttachments(given.GetValue(name)), Options(given)));
    }

    private int Run(ParseResult given, IMacStore store, StoreFollower follower, PolicyEnforcer made)
    {
        using var enforcer = made;
        follower.Start(enforcer);
        if (store.Info.IsReadOnly && follower.Snapshot.Of<MacSecurityTrigger>().Length > 0)
        {
            terminal.Warn("The store may only be read: this enforcer does not evaluate its security triggers.");
        }

        if (store.Info.IsReadOnly && follower.Snapshot.Of<MacProfileRule>().Any(rule => rule.IsAdjustment))
        {
            terminal.Warn("The store may only be read: this enforcer does not evaluate its profile rules with a condition.");
        }

        using var triggers = store.Info.IsReadOnly ? null : new SecurityTriggerEvaluator(store, enforcer);
        using var metrics = new NicMetricReporter(store, enforcer) { Name = given.GetValue(name) ?? string.Empty };
        using var export = enforcer.Switch is null ? null : MetricExport.Start(given.GetValue(otlp), enforcer, metrics);
        using var rules = store.Info.IsReadOnly ? null : new ProfileRuleEvaluator(store, enforcer);
        using var attacher = new InstanceAttacher(store, enforcer);
        return new EnforcerRun(enforcer, terminal, given.GetValue(json)).RunLive();
    }

    private EnforcerOptions Options(ParseResult given) => new() { Seed = given.GetValue(seed) };

    private MacScenario? Scenario(ParseResult given, IMacStore store) => given.GetValue(scenario) is { } path
        ? store.Read(reader => SessionCatalog.RequireProfiles(reader, ScenarioFile.ReadFile(path)))
        : null;

    private string? Profile(ParseResult given, IMacStore store) => given.GetValue(profile) is { } name ? store.Read(reader => ProfileCatalog.Get(reader, name)).Name : null;

    private EnforcerRoute OpenCapture(ParseResult given)
    {
        string destination = given.GetRequiredValue(write);
        bool mayReplace = !given.GetValue(noClobber);
        var replaced = mayReplace ? CaptureRoute.ListReplaced(given.GetRequiredValue(read), destination, given.GetValue(denied)) : [];
        var route = CaptureRoute.Open(
            given.GetRequiredValue(read), destination, given.GetValue(denied), given.GetValue(nativeVlan) is [int vlan] ? vlan : VlanId.Minimum, mayReplace);
        foreach (string file in replaced)
        {
            terminal.Warn($"{file} existed, and is replaced. --no-clobber leaves it alone.");
        }

        return route;
    }

    private IReadOnlyList<EnforcerRoute> OpenAdapters(ParseResult given)
    {
        string[] names = given.GetRequiredValue(adapters);
        int[] vlans = given.GetValue(nativeVlan) ?? [];
        var pair = LivePair.Open(names[0], names[1], vlans.FirstOrDefault(VlanId.Minimum), vlans.LastOrDefault(VlanId.Minimum), PortOptions(given));
        Warn(pair.Offloads);
        return pair.Routes;
    }

    private SwitchLayout OpenPorts(ParseResult given, IReadOnlyList<SwitchPortSettings> ports, SwitchOptions options)
    {
        var opened = LiveSwitch.Open(ports, options, PortOptions(given));
        Warn(opened.Offloads);
        return opened.Layout;
    }

    private LivePortOptions PortOptions(ParseResult given) => new() { DisableOffload = given.GetValue(disableOffload) };

    private void Warn(IReadOnlyList<ActiveOffload> offloads)
    {
        if (ActiveOffload.Describe(offloads, "Turn that off with --disable-offload.") is { } warning)
        {
            terminal.Warn(warning);
        }
    }
}
