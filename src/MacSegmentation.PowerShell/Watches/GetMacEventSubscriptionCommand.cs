using System.Management.Automation;

namespace MacSegmentation.Watches;

/// <summary>Shows the session's subscriptions to conditions about stores.</summary>
[Cmdlet(VerbsCommon.Get, "MacEventSubscription", DefaultParameterSetName = NameSet)]
[OutputType(typeof(MacEventSubscription))]
public sealed class GetMacEventSubscriptionCommand : EventSubscriptionCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var (subscriber, source) in Select())
        {
            WriteObject(new MacEventSubscription(subscriber, source));
        }
    }
}
