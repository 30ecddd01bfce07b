using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Ownership;
using MacSegmentation.Switch;

namespace MacSegmentation.Enforcers;

/// <summary>Says who holds an address now, since when, and who did before; as running switches have seen it.</summary>
[Cmdlet(VerbsCommon.Get, "MacAddressOwner")]
[OutputType(typeof(MacAddressOwner))]
public sealed class GetMacAddressOwnerCommand : SwitchCmdlet
{
    /// <summary>IP addresses, or MAC addresses; without, those of all address pairs and those that several records have.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IPAddress", "MacAddress")]
    [AddressText]
    [ArgumentCompleter(typeof(AddressOwnerCompleter))]
    public string[]? Address { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var switches = SelectSwitches();
        if (Address is null)
        {
            WriteOwners(switches, bridge => bridge.ListAddressOwners());
        }

        foreach (string text in switches.Count == 0 ? [] : Address ?? [])
        {
            try
            {
                if (!WriteOwners(switches, Find(text)))
                {
                    throw NotFound(text);
                }
            }
            catch (MacSegmentationException error)
            {
                WriteError(error.ToRecord());
            }
        }
    }

    private static Func<MacSwitch, IReadOnlyList<MacAddressOwner>> Find(string text)
    {
        if (MacAddress.TryParse(text, provider: null, out var mac))
        {
            return bridge => bridge.FindAddressOwners(mac);
        }

        // A fixed address is written with the length of its subnet's prefix.
        string address = text.Split('/')[0];
        return IpText.TryParse(address, out var ip)
            ? bridge => bridge.FindAddressOwners(ip)
            : throw new MacSegmentationException(
                "InvalidAddress",
                MacErrorKind.InvalidArgument,
                $"'{text}' is neither an IP address nor a MAC address. Give one such as 10.0.0.100, fd00::100 or 00:00:5e:00:01:0a.",
                text);
    }

    private MacSegmentationException NotFound(string text) => new(
        "AddressOwnerNotFound",
        MacErrorKind.NotFound,
        $"{text} is no address of an interface record{(VlanId is null ? string.Empty : $" of VLAN {string.Join(", ", VlanId)}")}. List the records with Get-MacInterface, or see where stations are with Get-MacForwardingEntry.",
        text);

    /// <summary>Writes what the switches say; false if that is nothing.</summary>
    private bool WriteOwners(IReadOnlyList<(string Name, MacSwitch Switch)> switches, Func<MacSwitch, IReadOnlyList<MacAddressOwner>> find)
    {
        MacAddressOwner[] owners = [.. switches.SelectMany(one => find(one.Switch).Where(owner => HasVlan(owner.VlanId)).Select(owner => owner with { Enforcer = one.Name }))];
        WriteObject(owners, enumerateCollection: true);
        return owners.Length > 0;
    }
}
