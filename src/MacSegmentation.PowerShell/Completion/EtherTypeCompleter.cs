using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.Completion;

/// <summary>Completes what a port may let in beside IP and ARP with what machines do send.</summary>
internal sealed class EtherTypeCompleter : IArgumentCompleter
{
    private static readonly CompletionResult[] Values =
    [
        Of("0x8847", "MPLS"),
        Of("0x8863", "PPPoE discovery"),
        Of("0x8864", "PPPoE session"),
        Of("0x888e", "IEEE 802.1X authentication"),
        Of("0x8892", "PROFINET"),
        Of("0x88a4", "EtherCAT"),
        Of("0x88b8", "GOOSE (IEC 61850)"),
        Of("0x88ba", "Sampled values (IEC 61850)"),
        Of("0x88cc", "LLDP"),
        Of("0x88e5", "MACsec"),
        Of("0x88f7", "PTP (IEEE 1588)"),
        Of(PermittedEtherTypes.Llc, "Frames with an LLC header"),
        Of(PermittedEtherTypes.Any, "Everything, also what hides IP from port security"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Values.Where(value => value.CompletionText.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase));

    private static CompletionResult Of(string text, string meaning) => new(text, text, CompletionResultType.ParameterValue, meaning);
}
