using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Loading;
using MacSegmentation.Stores;

namespace MacSegmentation.Watches;

/// <summary>Subscribes to conditions about the store, by PowerShell's event system.</summary>
[Cmdlet(VerbsLifecycle.Register, "MacEvent")]
[OutputType(typeof(PSEventJob))]
public sealed class RegisterMacEventCommand : StoreCmdlet
{
    /// <summary>The conditions; each is told once when it becomes true.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Condition")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WatchConditionCompleter))]
    public string[] When { get; set; } = [];

    /// <summary>What is done with each event; without it, the events wait in the session's queue.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public ScriptBlock? Action { get; set; }

    /// <summary>The name of the subscription, and of its events; made up if not given.</summary>
    [Parameter]
    [Named]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? SourceIdentifier { get; set; }

    /// <summary>What each event has as its MessageData.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public PSObject? MessageData { get; set; }

    /// <summary>Sends the events to the client of this remote session.</summary>
    [Parameter]
    public SwitchParameter Forward { get; set; }

    /// <summary>After how many events the subscription ends; never if not given.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int MaxTriggerCount { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Forward && Action is not null)
        {
            Refuse("InvalidEventSubscription", MacErrorKind.InvalidArgument, "An event is handled here by -Action, or forwarded by -Forward. Leave one of them out.", SourceIdentifier);
        }

        string name = SourceIdentifier ?? Guid.NewGuid().ToString();
        if (Events.GetEventSubscribers(name).Any())
        {
            Refuse("EventSubscriptionExists", MacErrorKind.AlreadyExists, $"This session has a subscription '{name}'. Take another -SourceIdentifier, or end that one with Unregister-MacEvent.", name);
        }

        var conditions = Required(() => When.Select(WatchCondition.Parse).ToArray());
        var options = SessionStore.Options;
        string place = Store.Info.Path;

        // A store of its own, which lives on if the session connects to another, and which nobody's long transaction keeps busy.
        var opened = Required(() => Await(() => DependencyContext.Stores.Open(options with { MustExist = true }), "Opening the store", left => left.Dispose()));
        var source = new MacEventSource(opened, place, conditions, name, OwnRunspace);
        try
        {
            var subscriber = Events.SubscribeEvent(source, nameof(MacEventSource.Occurred), name, MessageData, Action, supportEvent: false, Forward, MaxTriggerCount);
            if (subscriber.Action is { } job)
            {
                WriteObject(job);
            }
        }
        catch
        {
            source.Stop();
            throw;
        }
    }

    private void Refuse(string errorId, MacErrorKind kind, string sentence, object? target) => ThrowTerminatingError(new MacSegmentationException(errorId, kind, sentence, target).ToRecord());
}
