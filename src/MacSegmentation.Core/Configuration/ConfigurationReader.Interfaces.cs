using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.SecurityGroups;

namespace MacSegmentation.Configuration;

/// <summary>How interface records and security groups are read.</summary>
internal ref partial struct ConfigurationReader
{
    private InterfaceConfiguration ReadInterface()
    {
        string name = string.Empty;
        MacAddress? address = null;
        IReadOnlyList<string> ipAddresses = [];
        string? instanceId = null;
        bool portSecurity = true;
        bool dhcpGuard = true;
        bool routerGuard = true;
        int arpRateLimit = MacInterface.DefaultArpRateLimit;
        IReadOnlyList<AddressPairConfiguration> pairs = [];
        IReadOnlyList<string> groups = [];
        var record = Begin(DocumentObject.Interface);
        while (Next(ref record) is { } member)
        {
            switch (member)
            {
                case "name":
                    name = ReadString();
                    break;
                case "macAddress":
                    address = ReadParsed<MacAddress>();
                    break;
                case "ipAddresses":
                    ipAddresses = ReadArray(static (ref reader) => reader.ReadString());
                    break;
                case "instanceId":
                    instanceId = ReadString();
                    break;
                case "portSecurity":
                    portSecurity = ReadBoolean();
                    break;
                case "dhcpGuard":
                    dhcpGuard = ReadBoolean();
                    break;
                case "routerGuard":
                    routerGuard = ReadBoolean();
                    break;
                case "arpRateLimit":
                    arpRateLimit = ReadNumber();
                    break;
                case "addressPairs":
                    pairs = ReadArray(static (ref reader) => reader.ReadAddressPair());
                    break;
                default:
                    groups = ReadArray(static (ref reader) => reader.ReadString());
                    break;
            }
        }

        return new InterfaceConfiguration
        {
            Name = name,
            MacAddress = address,
            IPAddresses = ipAddresses,
            InstanceId = instanceId,
            PortSecurity = portSecurity,
            DhcpGuard = dhcpGuard,
            RouterGuard = routerGuard,
            ArpRateLimit = arpRateLimit,
            AddressPairs = pairs,
            SecurityGroups = groups,
        };
    }

    private AddressPairConfiguration ReadAddressPair()
    {
        string ipAddress = string.Empty;
        MacAddress? address = null;
        var pair = Begin(DocumentObject.AddressPair);
        while (Next(ref pair) is { } member)
        {
            if (member is "ipAddress")
            {
                ipAddress = ReadString();
            }
            else
            {
                address = ReadParsed<MacAddress>();
            }
        }

        return new AddressPairConfiguration { IPAddress = ipAddress, MacAddress = address };
    }

    private SecurityGroupConfiguration ReadSecurityGroup()
    {
        string name = string.Empty;
        string description = string.Empty;
        bool isStateless = false;
        IReadOnlyList<SecurityGroupRuleConfiguration> rules = [];
        var group = Begin(DocumentObject.SecurityGroup);
        while (Next(ref group) is { } member)
        {
            switch (member)
            {
                case "name":
                    name = ReadString();
                    break;
                case "description":
                    description = ReadString();
                    break;
                case "stateless":
                    isStateless = ReadBoolean();
                    break;
                default:
                    rules = ReadArray(static (ref reader) => reader.ReadSecurityGroupRule());
                    break;
            }
        }

        return new SecurityGroupConfiguration { Name = name, Description = description, IsStateless = isStateless, Rules = rules };
    }

    private SecurityGroupRuleConfiguration ReadSecurityGroupRule()
    {
        var direction = TrafficDirection.Inbound;
        var protocol = IpProtocol.Any;
        IReadOnlyList<PortRange> ports = [];
        string? remoteAddress = null;
        string? remoteGroup = null;
        var rule = Begin(DocumentObject.SecurityGroupRule);
        while (Next(ref rule) is { } member)
        {
            switch (member)
            {
                case "direction":
                    direction = ReadDirection();
                    break;
                case "protocol":
                    protocol = ReadParsed<IpProtocol>();
                    break;
                case "ports":
                    ports = ReadPorts();
                    break;
                case "remoteAddress":
                    remoteAddress = ReadString();
                    break;
                default:
                    remoteGroup = ReadString();
                    break;
            }
        }

        return new SecurityGroupRuleConfiguration
        {
            Direction = direction,
            Protocol = protocol,
            Ports = ports,
            RemoteAddress = remoteAddress,
            RemoteGroup = remoteGroup,
        };
    }

    private TrafficDirection ReadDirection() => ReadString() switch
    {
        nameof(TrafficDirection.Inbound) => TrafficDirection.Inbound,
        nameof(TrafficDirection.Outbound) => TrafficDirection.Outbound,
        var other => throw Invalid($"'{other}' is no direction. Give Inbound or Outbound.", json.TokenStartIndex),
    };

    private List<PortRange> ReadPorts()
    {
        var ports = new List<PortRange>();
        foreach (string part in ReadString().Split(','))
        {
            ports.Add(Parse<PortRange>(part));
        }

        return ports;
    }
}
