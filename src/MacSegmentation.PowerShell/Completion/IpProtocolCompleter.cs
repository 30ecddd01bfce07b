using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacSegmentation.Addressing;

namespace MacSegmentation.Completion;

/// <summary>Completes protocols that have a usual name.</summary>
internal sealed class IpProtocolCompleter : IArgumentCompleter
{
    private static readonly IpProtocol[] Named = [IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Icmp, IpProtocol.IcmpV6, IpProtocol.Any];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionText.Match(
            Named.Select(protocol => new CompletionCandidate($"{protocol}", protocol.Number is { } number ? $"Protocol {number}" : "Every protocol")), wordToComplete);
}
