using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Security.Cryptography;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Dhcpv6;
using MacSegmentation.Errors;

namespace MacSegmentation.Handles;

/// <content>By DHCPv6 (RFC 8947): from the servers of a link, or from one server as a relay asks.</content>
public sealed partial class RequestMacAddressCommand
{
    private const string Dhcpv6Set = "Dhcpv6";
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Asks by DHCPv6. The handle is the device's DUID.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Dhcpv6Set)]
    public SwitchParameter Dhcpv6 { get; set; }

    /// <summary>The adapter on whose link servers are asked, by multicast.</summary>
    [Parameter(ParameterSetName = Dhcpv6Set)]
    [Named]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AdapterCompleter))]
    public string? Adapter { get; set; }

    /// <summary>The server that is asked instead, as a relay does: an address of IPv6, with a port in brackets and with the adapter behind a per cent sign where it needs them.</summary>
    [Parameter(ParameterSetName = Dhcpv6Set)]
    [Named]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Server { get; set; }

    /// <summary>The address that tells that server the link; that from which this host reaches it if none is given.</summary>
    [Parameter(ParameterSetName = Dhcpv6Set)]
    [AddressText]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? LinkAddress { get; set; }

    /// <summary>The number of the identity association, one of the device's own: 0 to 4294967295.</summary>
    [Parameter(ParameterSetName = Dhcpv6Set)]
    [AddressCount]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public long Iaid { get; set; } = 1;

    /// <summary>Number of consecutive addresses, 1 to 256. A server may give fewer.</summary>
    [Parameter(ParameterSetName = Dhcpv6Set)]
    [WholeNumber]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int Count { get; set; } = 1;

    /// <summary>Quadrants of local addresses that will do, the best first.</summary>
    [Parameter(ParameterSetName = Dhcpv6Set)]
    [Choice<SlapQuadrant>(IsList = true)]
    public SlapQuadrant[] Quadrant { get; set; } = [];

    /// <summary>Has the server answer at once, in two messages instead of four, where it does.</summary>
    [Parameter(ParameterSetName = Dhcpv6Set)]
    public SwitchParameter RapidCommit { get; set; }

    /// <summary>Gives the addresses up that a server holds for the device.</summary>
    [Parameter(ParameterSetName = Dhcpv6Set)]
    public SwitchParameter Release { get; set; }

    /// <summary>How long answers are waited for; 30 s if not given.</summary>
    [Parameter(ParameterSetName = Dhcpv6Set)]
    [Seconds]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public TimeSpan Timeout { get; set; } = UsualTimeout;

    private static MacSegmentationException Invalid(string errorId, string message, object? target) => new(errorId, MacErrorKind.InvalidArgument, message, target);

    private void AskByDhcpv6(string handle)
    {
        RequireWay();
        var (duid, iaid) = ReadIdentity(handle);
        string what = Release ? $"Give up the addresses of IAID {iaid:x8}" : Count == 1 ? $"Get an address for IAID {iaid:x8}" : $"Get {Count} addresses for IAID {iaid:x8}";
        if (!ShouldProcess($"DUID {duid} at {Adapter ?? Server}", what))
        {
            return;
        }

        var wish = new Dhcpv6Wish { Count = Count, RequestedAddress = RequestedAddress, Quadrants = Quadrant, RapidCommit = RapidCommit };
        var token = StopToken;
        var binding = Await(() => AskAsync(duid, iaid, wish, token).GetAwaiter().GetResult(), "Asking by DHCPv6", place: Adapter ?? Server);
        if (Release)
        {
            WriteVerbose($"The server {binding.ServerId} took back {binding.Range}.");
            return;
        }

        foreach (var assignment in binding.ToAssignments(duid, iaid, Count, TimeProvider.System.GetUtcNow()))
        {
            WriteObject(assignment);
            if (assignment.Notice.Length > 0)
            {
                WriteWarning($"{assignment.Handle}: {assignment.Notice}");
            }
        }
    }

    private async Task<Dhcpv6Binding> AskAsync(Duid duid, uint iaid, Dhcpv6Wish wish, CancellationToken token)
    {
        using var socket = Server is { } server
            ? Dhcpv6ClientSocket.OpenAsRelay(Dhcpv6ServerAddress.Parse(server), LinkAddress is { } link ? IPAddress.Parse(link) : null, out var way)
            : Dhcpv6ClientSocket.OpenOnLink(Adapter!, out way);
        var client = new Dhcpv6Client(way, duid, iaid, TimeProvider.System, RandomNumberGenerator.GetInt32(int.MaxValue));
        return Release ? await client.ReleaseAsync(Timeout, token) : await client.AcquireAsync(wish, Timeout, token);
    }

    /// <summary>The DUID and the IAID, which may stand behind it as in the handle of an answer.</summary>
    private (Duid Duid, uint Iaid) ReadIdentity(string handle)
    {
        int slash = handle.IndexOf('/', StringComparison.Ordinal);
        bool hasOwn = MyInvocation.BoundParameters.ContainsKey(nameof(Iaid));
        return slash > 0 && !hasOwn && uint.TryParse(handle.AsSpan(slash + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint own)
            ? (Duid.Parse(handle[..slash]), own)
            : (Duid.Parse(handle), (uint)Iaid);
    }

    private void RequireWay()
    {
        if ((Adapter is null) == (Server is null))
        {
            throw Invalid("Dhcpv6PlaceNeeded", "Say where the servers are: -Adapter for those on its link, or -Server for one elsewhere, and not both.", Adapter);
        }

        if (LinkAddress is not null && (Server is null || !IPAddress.TryParse(LinkAddress, out var address) || address.AddressFamily is not System.Net.Sockets.AddressFamily.InterNetworkV6))
        {
            throw Invalid("InvalidLinkAddress", $"'{LinkAddress}' cannot tell a server the link. Give an address of IPv6, with -Server.", LinkAddress);
        }

        if (Iaid is < 0 or > uint.MaxValue)
        {
            throw Invalid("InvalidIaid", $"{Iaid} is not the number of an identity association. Give one from 0 to {uint.MaxValue}.", Iaid);
        }

        if (Count is < 1 or > HandleRun.MaxCount)
        {
            throw Invalid("InvalidRunLength", $"{Count} addresses cannot be asked for at once. Ask for 1 to {HandleRun.MaxCount}.", Count);
        }

        if (Quadrant.Contains(SlapQuadrant.None))
        {
            throw Invalid("InvalidQuadrant", "None is no quadrant to ask for. Give AAI, ELI, SAI or Reserved, or leave the choice to the server.", Quadrant);
        }

        if (InstanceId.Length > 0)
        {
            throw Invalid("InstanceNotInDhcpv6", "DHCPv6 knows no instances: a device has a DUID and numbers of its own. Leave -InstanceId out, and give -Iaid for each.", InstanceId);
        }

        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromDays(1))
        {
            throw Invalid("InvalidTimeout", $"{Timeout} is no time to wait for an answer. Give more than zero and at most a day.", Timeout);
        }
    }
}
