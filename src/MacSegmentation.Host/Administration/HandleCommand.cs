using System.CommandLine;
using MacSegmentation.Addressing;
using MacSegmentation.Commands;
using MacSegmentation.Handles;
using MacSegmentation.Options;
using MacSegmentation.Output;
using MacSegmentation.Units;

namespace MacSegmentation.Administration;

/// <summary>macseg handle: asks for addresses by handle, lists handles, gives addresses up and revokes them.</summary>
internal static class HandleCommand
{
    private static readonly Listing<MacAssignment> Assignments = new(
        new("Handle", answer => answer.Handle),
        new("VlanId", answer => answer.VlanId),
        new("MacAddress", answer => answer.MacAddress),
        new("Outcome", answer => answer.Outcome),
        new("InstanceId", answer => answer.InstanceId),
        new("Provider", answer => answer.Provider),
        new("AssignedAt", answer => answer.AssignedAt),
        new("Notice", answer => answer.Notice));

    private static readonly Listing<MacHandle> Handles = new(
        new("Handle", handle => handle.Handle),
        new("VlanId", handle => handle.VlanId),
        new("MacAddress", handle => handle.MacAddress),
        new("State", handle => handle.State),
        new("InstanceId", handle => handle.InstanceId),
        new("Provider", handle => handle.Provider),
        new("AssignedAt", handle => handle.AssignedAt),
        new("EndedAt", handle => handle.EndedAt),
        new("Reason", handle => handle.Reason));

    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal) => new("handle", "Gives devices the same address every time they show their handle.")
    {
        Request(terminal),
        List(terminal),
        Release(terminal),
        Revoke(terminal),
    };

    private static Command Request(Terminal terminal)
    {
        var handles = HandlesArgument(ArgumentArity.OneOrMore);
        var vlan = new Option<int>("--vlan") { Description = "The VLAN.", HelpName = "VLAN", Required = true };
        var requested = ParsedOption.Create<MacAddress>("--requested-address", "MAC", "The address that a new handle would like.", "--requested");
        var substitute = new Option<bool>("--allow-substitute", "--substitute") { Description = "Take another one if that cannot be had." };
        var instance = InstanceOption("The instance that shows the handle.");
        var intent = ParsedOption.CreateChoice("--intent", "What it means if another instance has the handle.", HandleIntent.Replace, HandleIntent.Copy);
        return StoreCommand.Changing(
            terminal,
            "request",
            "Asks for the address of each handle.",
            Assignments,
            (store, given) => given.GetRequiredValue(handles).Select(handle => HandleRegistry.Request(store, new HandleRequest
            {
                Handle = DeviceHandle.Parse(handle),
                VlanId = given.GetValue(vlan),
                RequestedAddress = given.GetValue(requested),
                AllowSubstitute = given.GetValue(substitute),
                InstanceId = given.GetValue(instance) ?? string.Empty,
                Intent = given.GetValue(intent),
            })),
            handles,
            vlan,
            requested,
            substitute,
            instance,
            intent);
    }

    private static Command List(Terminal terminal)
    {
        var handles = HandlesArgument(ArgumentArity.ZeroOrMore);
        var vlan = new Option<int?>("--vlan") { Description = "Only those of this VLAN.", HelpName = "VLAN" };
        return StoreCommand.Asking(
            terminal,
            "list",
            "Lists these handles, or all.",
            Handles,
            (store, given) => given.GetValue(handles) is { Length: > 0 } named
                ? named.Select(handle => HandleRegistry.Get(store, DeviceHandle.Parse(handle)))
                : store.ListHandles(given.GetValue(vlan)),
            handles,
            vlan);
    }

    private static Command Release(Terminal terminal)
    {
        var handles = HandlesArgument(ArgumentArity.OneOrMore);
        var instance = InstanceOption("The instance, for that of a clone.");
        return StoreCommand.Changing(
            terminal,
            "release",
            "Gives up the address of each handle, on its owner's word.",
            Handles,
            (store, given) => given.GetRequiredValue(handles).Select(handle => HandleRegistry.Release(store, DeviceHandle.Parse(handle), given.GetValue(instance) ?? string.Empty)),
            handles,
            instance);
    }

    private static Command Revoke(Terminal terminal)
    {
        var handles = HandlesArgument(ArgumentArity.OneOrMore);
        var instance = InstanceOption("The instance, for that of a clone.");
        var reason = new Option<string>("--reason") { Description = "Why; for the audit, and for the handle at its next request.", HelpName = "TEXT", DefaultValueFactory = _ => string.Empty };
        var holdDown = ParsedOption.Create<Duration>(
            "--hold-down-time",
            "TIME",
            $"How long the address is held down before anyone else gets it: seconds, or with a unit such as 8h or 1d; {new Duration(HandleRegistry.UsualHoldDown)} if not given.",
            "--rest-time",
            "--rest");
        return StoreCommand.Changing(
            terminal,
            "revoke",
            "Revokes the address of each handle, on an administrator's word.",
            Handles,
            (store, given) => given.GetRequiredValue(handles).Select(handle => HandleRegistry.Revoke(
                store, DeviceHandle.Parse(handle), given.GetValue(reason) ?? string.Empty, given.GetValue(holdDown)?.Value ?? HandleRegistry.UsualHoldDown, given.GetValue(instance) ?? string.Empty)),
            handles,
            instance,
            reason,
            holdDown);
    }

    private static Argument<string[]> HandlesArgument(ArgumentArity arity) => new("HANDLE") { Description = "Handles: URIs, WWNs, EUI-64s or other names.", Arity = arity };

    private static Option<string> InstanceOption(string description) => new("--instance-id", "--instance") { Description = description, HelpName = "ID" };
}
