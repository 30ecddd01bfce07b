using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;

namespace MacSegmentation.Watches;

/// <summary>Ends subscriptions of the session to conditions about stores.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "MacEvent", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class UnregisterMacEventCommand : EventSubscriptionCmdlet
{
    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet, ValueFromPipelineByPropertyName = true)]
    [Named]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EventSubscriptionCompleter))]
    public override string[] SourceIdentifier { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var (subscriber, source) in Select().ToList())
        {
            if (ShouldProcess($"Subscription '{subscriber.SourceIdentifier}' to {string.Join(", ", source.When)}", "End"))
            {
                Events.UnsubscribeEvent(subscriber);
                source.Stop();
            }
        }
    }
}
