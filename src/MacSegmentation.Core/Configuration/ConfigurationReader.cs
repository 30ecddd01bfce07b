using System.Globalization;
using System.Text.Json;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Configuration;

/// <summary>
/// Reads the document in one pass. Written by hand on the JSON reader, and not left to a serializer, because its errors are a user's daily
/// bread: each names the line, the path and the way out. It also starts in a fraction of a serializer's time, which a program that runs
/// once for each capture has to pay every time.
/// </summary>
/// <param name="text">The text.</param>
internal ref partial struct ConfigurationReader(ConfigurationText text)
{
    private readonly List<string> path = [];
    private Utf8JsonReader json = new(text.Utf8.Span, ConfigurationText.Options);

    /// <summary>Reads the whole text.</summary>
    /// <exception cref="MacSegmentationException">ConfigurationInvalid.</exception>
    public MacConfiguration ReadDocument()
    {
        if (text.Utf8.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            throw Invalid("There is nothing in it. Give at least { \"vlans\": [] }.", 0);
        }

        try
        {
            json.Read();
            IReadOnlyList<VlanConfiguration>? vlans = null;
            IReadOnlyList<SecurityGroupConfiguration> securityGroups = [];
            var root = Begin(DocumentObject.Root);
            while (Next(ref root) is { } member)
            {
                switch (member)
                {
                    case "vlans":
                        vlans = ReadArray(static (ref reader) => reader.ReadVlan());
                        break;
                    case "securityGroups":
                        securityGroups = ReadArray(static (ref reader) => reader.ReadSecurityGroup());
                        break;
                    default: // $schema is for editors.
                        ReadString();
                        break;
                }
            }

            json.Read(); // Whatever follows is an error of the JSON reader.
            return new MacConfiguration { Vlans = vlans!, SecurityGroups = securityGroups, Text = text };
        }
        catch (JsonException error)
        {
            throw Invalid($"This is not JSON: {TrimPosition(error.Message)}", text.OffsetOf(error.LineNumber ?? 0, error.BytePositionInLine ?? 0), error);
        }
    }

    private VlanConfiguration ReadVlan()
    {
        int id = 0;
        string name = string.Empty;
        IReadOnlyList<MacRange> ranges = [];
        var defaultAction = PolicyAction.Allow;
        var reuseDelay = TimeSpan.Zero;
        bool arpResponder = false;
        bool foreignAddresses = false;
        IReadOnlyList<AllocationConfiguration> allocations = [];
        IReadOnlyList<PolicyConfiguration> policies = [];
        IReadOnlyList<InterfaceConfiguration> interfaces = [];
        var vlan = Begin(DocumentObject.Vlan);
        while (Next(ref vlan) is { } member)
        {
            switch (member)
            {
                case "id":
                    id = ReadNumber();
                    break;
                case "name":
                    name = ReadString();
                    break;
                case "ranges":
                    ranges = ReadArray(static (ref reader) => reader.ReadParsed<MacRange>());
                    break;
                case "defaultAction":
                    defaultAction = ReadAction();
                    break;
                case "reuseDelay":
                    reuseDelay = ReadDelay();
                    break;
                case "arpResponder":
                    arpResponder = ReadBoolean();
                    break;
                case "foreignAddresses":
                    foreignAddresses = ReadBoolean();
                    break;
                case "allocations":
                    allocations = ReadArray(static (ref reader) => reader.ReadAllocation());
                    break;
                case "policies":
                    policies = ReadArray(static (ref reader) => reader.ReadPolicy());
                    break;
                default:
                    interfaces = ReadArray(static (ref reader) => reader.ReadInterface());
                    break;
            }
        }

        return new VlanConfiguration
        {
            Id = id,
            Name = name,
            Ranges = ranges,
            DefaultAction = defaultAction,
            ReuseDelay = reuseDelay,
            ArpResponder = arpResponder,
            ForeignAddresses = foreignAddresses,
            Allocations = allocations,
            Policies = policies,
            Interfaces = interfaces,
        };
    }

    private AllocationConfiguration ReadAllocation()
    {
        string instanceId = string.Empty;
        MacAddress? address = null;
        var allocation = Begin(DocumentObject.Allocation);
        while (Next(ref allocation) is { } member)
        {
            if (member is "instanceId")
            {
                instanceId = ReadString();
            }
            else
            {
                address = ReadParsed<MacAddress>();
            }
        }

        return new AllocationConfiguration { InstanceId = instanceId, MacAddress = address };
    }

    private PolicyConfiguration ReadPolicy()
    {
        int? order = null;
        var source = MacPattern.Any;
        var destination = MacPattern.Any;
        var action = PolicyAction.Allow;
        var policy = Begin(DocumentObject.Policy);
        while (Next(ref policy) is { } member)
        {
            switch (member)
            {
                case "source":
                    source = ReadParsed<MacPattern>();
                    break;
                case "destination":
                    destination = ReadParsed<MacPattern>();
                    break;
                case "action":
                    action = ReadAction();
                    break;
                default:
                    order = ReadNumber();
                    break;
            }
        }

        return new PolicyConfiguration { Order = order, Source = source, Destination = destination, Action = action };
    }
}
