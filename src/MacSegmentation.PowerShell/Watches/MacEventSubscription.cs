using System.Management.Automation;

namespace MacSegmentation.Watches;

/// <summary>A subscription of this session to a condition about a store.</summary>
public sealed class MacEventSubscription
{
    internal MacEventSubscription(PSEventSubscriber subscriber, MacEventSource source)
    {
        SubscriptionId = subscriber.SubscriptionId;
        SourceIdentifier = subscriber.SourceIdentifier;
        When = source.When;
        Store = source.Store;
        Action = subscriber.Action;
        Forward = subscriber.ForwardEvent;
        IsMet = source.Watcher.MetCount > 0;
        EventCount = source.Watcher.EventCount;
        Error = source.Watcher.Error;
    }

    /// <summary>The number of the subscription in the session.</summary>
    public int SubscriptionId { get; }

    /// <summary>Its name: that of the events in the queue.</summary>
    public string SourceIdentifier { get; }

    /// <summary>The conditions.</summary>
    public IReadOnlyList<string> When { get; }

    /// <summary>The store.</summary>
    public string Store { get; }

    /// <summary>True if a condition holds now.</summary>
    public bool IsMet { get; }

    /// <summary>Number of events so far.</summary>
    public long EventCount { get; }

    /// <summary>Why the store could not be looked at last; null if it could.</summary>
    public string? Error { get; }

    /// <summary>True if the events go to the client of a remote session.</summary>
    public bool Forward { get; }

    /// <summary>The job of the action; null if the events go to the queue.</summary>
    public PSEventJob? Action { get; }

    /// <summary>The subscription as one line.</summary>
    public override string ToString() => $"{SourceIdentifier}: {string.Join(", ", When)}";
}
