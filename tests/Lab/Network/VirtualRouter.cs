using MacSegmentation.Addressing;

namespace MacSegmentation.Lab.Network;

/// <summary>keepalived on a host: one of those that share a virtual address by VRRP (RFC 5798).</summary>
public sealed class VirtualRouter : IDisposable
{
    /// <summary>The virtual router's number.</summary>
    public const int Id = 10;

    private const string VirtualInterface = "virtual0";

    private readonly DirectoryInfo folder;
    private readonly HostProcess process;

    /// <summary>Starts it.</summary>
    /// <param name="host">The host.</param>
    /// <param name="address">The virtual address.</param>
    /// <param name="priority">1 to 254; the highest that is there becomes the master.</param>
    /// <param name="use">Which hardware address it uses the virtual address with.</param>
    public VirtualRouter(Host host, string address, int priority, VirtualMacUse use)
    {
        ArgumentNullException.ThrowIfNull(host);
        SystemProgram.Require("keepalived", "keepalived");
        if (use != VirtualMacUse.None)
        {
            host.Namespace.RequireLink("macvlan", "link", Host.Interface);
        }

        folder = Directory.CreateTempSubdirectory("macseg-keepalived-");
        string configuration = Path.Join(folder.FullName, "keepalived.conf");
        File.WriteAllText(configuration, $$"""
            global_defs {
                dynamic_interfaces
            }
            vrrp_instance lab {
                version 3
                state BACKUP
                interface {{Host.Interface}}
                virtual_router_id {{Id}}
                priority {{priority}}
                advert_int 0.2
                {{(use == VirtualMacUse.None ? string.Empty : $"use_vmac {VirtualInterface}")}}
                virtual_ipaddress {
                    {{address}}/32
                }
                {{(use == VirtualMacUse.Always ? RouteBy(address) : string.Empty)}}
            }
            """);
        process = host.Start(
            "keepalived", "--dont-fork", "--log-console", "--log-detail", "--vrrp", "--use-file", configuration,
            "--pid", Path.Join(folder.FullName, "keepalived.pid"), "--vrrp_pid", Path.Join(folder.FullName, "vrrp.pid"));
    }

    /// <summary>The virtual router's MAC address (RFC 5798 section 7.3).</summary>
    public static MacAddress VirtualMac { get; } = new(0x0000_5E00_0100 | Id);

    /// <summary>Waits until it listens to the other.</summary>
    public void AwaitReadiness() => process.AwaitOutput("Entering BACKUP STATE");

    /// <summary>Ends it as a crash would: it gives nothing back, and its host's stack keeps the virtual address.</summary>
    public void Kill() => process.Kill();

    /// <summary>What comes from the virtual address leaves by the interface that has the virtual MAC address.</summary>
    private static string RouteBy(string address) => $$"""
        virtual_routes {
            default dev {{VirtualInterface}} table {{Id}}
        }
        virtual_rules {
            from {{address}} lookup {{Id}}
        }
        """;

    /// <inheritdoc/>
    public void Dispose()
    {
        process.Dispose();
        folder.Delete(recursive: true);
    }
}
