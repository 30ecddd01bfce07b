using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;

namespace MacSegmentation.Watches;

/// <summary>A cmdlet for subscriptions of this session.</summary>
public abstract class EventSubscriptionCmdlet : PSCmdlet
{
    /// <summary>The parameter set by name.</summary>
    private protected const string NameSet = "SourceIdentifier";

    /// <summary>The parameter set by number.</summary>
    private protected const string IdSet = "SubscriptionId";

    /// <summary>The names of the subscriptions; wildcards allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet, ValueFromPipelineByPropertyName = true)]
    [Named]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EventSubscriptionCompleter))]
    public virtual string[] SourceIdentifier { get; set; } = ["*"];

    /// <summary>The numbers of the subscriptions.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(EventSubscriptionCompleter))]
    public int[] SubscriptionId { get; set; } = [];

    /// <summary>The subscriptions that are meant; an error is written for each that does not exist.</summary>
    private protected IEnumerable<(PSEventSubscriber Subscriber, MacEventSource Source)> Select()
    {
        var all = List(Events);
        return string.Equals(ParameterSetName, IdSet, StringComparison.Ordinal)
            ? SubscriptionId.SelectMany(id => Found(all.Where(one => one.Subscriber.SubscriptionId == id), $"{id}"))
            : SourceIdentifier.SelectMany(name => WildcardPattern.ContainsWildcardCharacters(name)
                ? NameFilter.Select(all, one => one.Subscriber.SourceIdentifier, [name])
                : Found(NameFilter.Select(all, one => one.Subscriber.SourceIdentifier, [name]), $"'{name}'"));
    }

    /// <summary>The session's subscriptions to conditions about stores.</summary>
    internal static List<(PSEventSubscriber Subscriber, MacEventSource Source)> List(PSEventManager events) =>
        [.. events.Subscribers.Where(subscriber => subscriber.SourceObject is MacEventSource).Select(subscriber => (subscriber, (MacEventSource)subscriber.SourceObject)).OrderBy(one => one.subscriber.SubscriptionId)];

    private (PSEventSubscriber Subscriber, MacEventSource Source)[] Found(IEnumerable<(PSEventSubscriber Subscriber, MacEventSource Source)> those, string name)
    {
        (PSEventSubscriber, MacEventSource)[] found = [.. those];
        if (found.Length == 0)
        {
            WriteError(new MacSegmentationException(
                "EventSubscriptionNotFound", MacErrorKind.NotFound, $"This session has no subscription {name} to a condition about a store. List them with Get-MacEventSubscription.", name).ToRecord());
        }

        return found;
    }
}
