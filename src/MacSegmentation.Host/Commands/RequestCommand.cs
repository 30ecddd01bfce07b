using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Security.Cryptography;
using MacSegmentation.Addressing;
using MacSegmentation.Dhcpv6;
using MacSegmentation.Enforcement;
using MacSegmentation.Handles;
using MacSegmentation.Options;
using MacSegmentation.Output;
using MacSegmentation.Units;

namespace MacSegmentation.Commands;

/// <summary>macseg request: asks a DHCPv6 server for link-layer addresses, or gives them up.</summary>
internal sealed class RequestCommand
{
    private static readonly Listing<MacAssignment> Assignments = new(
        new("Handle", answer => answer.Handle),
        new("MacAddress", answer => answer.MacAddress),
        new("Provider", answer => answer.Provider),
        new("AssignedAt", answer => answer.AssignedAt),
        new("Notice", answer => answer.Notice));

    private readonly Terminal terminal;
    private readonly Option<bool> dhcpv6 = new("--dhcpv6") { Description = "Ask by DHCPv6 (RFC 8947)." };
    private readonly Option<string> duid = new("--handle", "--duid") { Description = "The device's DUID, in hexadecimal.", HelpName = "DUID", Required = true };
    private readonly Option<uint> iaid = new("--iaid") { Description = "The number of the identity association, one of the device's own; 1 if not given.", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };
    private readonly Option<string> adapter = new("--adapter") { Description = "The adapter on whose link servers are asked, by multicast.", HelpName = "NAME" };
    private readonly Option<string> server = new("--server") { Description = "The server that is asked instead, as a relay does: an address of IPv6, such as 2001:db8::1, fe80::1%eth0 or [::1]:1547.", HelpName = "ADDRESS" };
    private readonly Option<IPAddress?> linkAddress = ParsedOption.CreateIP("--link-address", "The address that tells that server the link; that from which this host reaches it, if not given.");
    private readonly Option<long> count = new("--count") { Description = $"Number of consecutive addresses, 1 to {HandleRun.MaxCount}; 1 if not given. A server may give fewer.", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };
    private readonly Option<MacAddress?> requested = ParsedOption.Create<MacAddress>("--requested-address", "MAC", "The first address that would be liked.");
    private readonly Option<SlapQuadrant[]> quadrants = new("--quadrant")
    {
        Description = "A quadrant of local addresses that will do, the best first (RFC 8948). May be given several times.",
        HelpName = "AAI|ELI|SAI|Reserved",
        CustomParser = given => [.. given.Tokens.Select(token => ParseQuadrant(given, token.Value)).OfType<SlapQuadrant>()],
    };

    private readonly Option<bool> rapidCommit = new("--rapid-commit") { Description = "Have the server answer at once, in two messages instead of four, where it does." };
    private readonly Option<bool> release = new("--release") { Description = "Give the addresses up." };
    private readonly Option<Duration?> timeout = ParsedOption.Create<Duration>("--timeout", "TIME", "How long answers are waited for; 30s if not given.");
    private readonly Option<bool> json = OutputFormat.Option();

    private RequestCommand(Terminal terminal) => this.terminal = terminal;

    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var parts = new RequestCommand(terminal);
        var command = new Command("request", "Asks a DHCPv6 server for link-layer addresses, or gives them up.");
        foreach (var option in (Option[])[
            parts.dhcpv6, parts.duid, parts.iaid, parts.adapter, parts.server, parts.linkAddress, parts.count, parts.requested, parts.quadrants, parts.rapidCommit, parts.release, parts.timeout, parts.json])
        {
            command.Add(option);
        }

        command.Validators.Add(parts.Validate);
        command.SetAction((given, token) => parts.RequestAsync(given, token));
        return command;
    }

    private static SlapQuadrant? ParseQuadrant(ArgumentResult given, string text)
    {
        SlapQuadrant[] known = [SlapQuadrant.AAI, SlapQuadrant.ELI, SlapQuadrant.SAI, SlapQuadrant.Reserved];
        int index = Array.FindIndex(known, quadrant => string.Equals($"{quadrant}", text, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
        {
            given.AddError($"--quadrant: '{text}' is none. Give one of {string.Join(", ", known)}.");
            return null;
        }

        return known[index];
    }

    private void Validate(CommandResult given)
    {
        bool Has(Option option) => given.GetResult(option) is { Implicit: false };
        if (!Has(dhcpv6))
        {
            given.AddError("--dhcpv6 is the way in which is asked: give it. Addresses of a store are asked for with macseg handle request.");
        }

        if (!Has(adapter) && !Has(server))
        {
            given.AddError("Say where the servers are: --adapter NAME for those on its link, or --server ADDRESS for one elsewhere.");
        }

        if (Has(adapter) && Has(server))
        {
            given.AddError("--server is asked as a relay does, and --adapter on a link: give one of them.");
        }

        if (Has(linkAddress) && !Has(server))
        {
            given.AddError("--link-address goes with --server.");
        }

        if (Has(release) && Array.Find((Option[])[count, requested, quadrants, rapidCommit], Has) is { } other)
        {
            given.AddError($"--release gives up all that there is: leave {other.Name} out.");
        }

        if (Has(count) && (!long.TryParse(given.GetResult(count)?.Tokens is [var first, ..] ? first.Value : null, out long number) || number is < 1 or > HandleRun.MaxCount))
        {
            given.AddError($"--count is a number from 1 to {HandleRun.MaxCount}.");
        }
    }

    private async Task<int> RequestAsync(ParseResult given, CancellationToken cancellationToken)
    {
        var id = Duid.Parse(given.GetRequiredValue(duid));
        uint number = given.GetValue(iaid);
        var patience = given.GetValue(timeout)?.Value ?? TimeSpan.FromSeconds(30);
        using var socket = given.GetValue(server) is { } place
            ? Dhcpv6ClientSocket.OpenAsRelay(Dhcpv6ServerAddress.Parse(place), given.GetValue(linkAddress), out var way)
            : Dhcpv6ClientSocket.OpenOnLink(given.GetRequiredValue(adapter), out way);
        var client = new Dhcpv6Client(way, id, number, TimeProvider.System, RandomNumberGenerator.GetInt32(int.MaxValue));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var signals = new StopSignals(stop.Cancel);
        long wanted = given.GetValue(count);
        try
        {
            var binding = given.GetValue(release)
                ? await client.ReleaseAsync(patience, stop.Token)
                : await client.AcquireAsync(
                    new Dhcpv6Wish { Count = wanted, RequestedAddress = given.GetValue(requested), Quadrants = given.GetValue(quadrants) ?? [], RapidCommit = given.GetValue(rapidCommit) }, patience, stop.Token);
            Assignments.Write(terminal, binding.ToAssignments(id, number, given.GetValue(release) ? binding.Range.Count : wanted, TimeProvider.System.GetUtcNow()), given.GetValue(json));
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 1;
        }
    }
}
