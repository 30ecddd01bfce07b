using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacSegmentation.Completion;

namespace MacSegmentation.Partitions;

/// <summary>Completes EtherTypes that machines do send.</summary>
internal sealed class EtherTypeNumberCompleter : IArgumentCompleter
{
    private static readonly CompletionCandidate[] Known =
    [
        new("0x0800", "IPv4"), new("0x0806", "ARP"), new("0x86dd", "IPv6"), new("0x8847", "MPLS"), new("0x8863", "PPPoE discovery"), new("0x8864", "PPPoE session"),
        new("0x888e", "IEEE 802.1X authentication"), new("0x8892", "PROFINET"), new("0x88a4", "EtherCAT"), new("0x88b8", "GOOSE (IEC 61850)"),
        new("0x88ba", "Sampled values (IEC 61850)"), new("0x88cc", "LLDP"), new("0x88e5", "MACsec"), new("0x88f7", "PTP (IEEE 1588)"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) => CompletionText.Match(Known, wordToComplete);
}
