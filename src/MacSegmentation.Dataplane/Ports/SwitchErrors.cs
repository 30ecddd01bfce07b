using MacSegmentation.Errors;

namespace MacSegmentation.Ports;

/// <summary>What can be wrong with a switch's ports and options.</summary>
internal static class SwitchErrors
{
    public static MacSegmentationException InvalidPort(string sentence, object target) => new("InvalidPort", MacErrorKind.InvalidArgument, sentence, target);

    public static MacSegmentationException OutOfRange(string errorId, string what, string range, object target) =>
        new(errorId, MacErrorKind.InvalidArgument, $"{what} is out of range. Give {range}.", target);

    public static MacSegmentationException AdapterNamedTwice(string name) => new(
        "AdapterNamedTwice", MacErrorKind.InvalidArgument, $"The adapter {name} is given two ports. A switch has one port an adapter.", name);

    public static MacSegmentationException TunnelNamedTwice(string name) => new(
        "TunnelNamedTwice",
        MacErrorKind.InvalidArgument,
        $"The tunnel {name} is given two ports. Name all remotes of a virtual network at one port: what came from one of them must not leave for another.",
        name);

    public static MacSegmentationException RecordNamedTwice(string record, string one, string other) => new(
        "InterfacePortTwice",
        MacErrorKind.InvalidArgument,
        $"The interface record '{record}' is given two ports, {one} and {other}. A record has one port: make a record for each adapter with New-MacInterface.",
        record);

    public static MacSegmentationException RecordNotFound(string record) => new(
        "InterfaceNotFound",
        MacErrorKind.NotFound,
        $"The interface '{record}' does not exist. Create it with New-MacInterface, or list the interfaces with Get-MacInterface.",
        record);
}
