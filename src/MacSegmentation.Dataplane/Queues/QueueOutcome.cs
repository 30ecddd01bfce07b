namespace MacSegmentation.Queues;

/// <summary>What becomes of a frame that comes to a queue.</summary>
internal enum QueueOutcome
{
    /// <summary>It need not wait.</summary>
    Passed,

    /// <summary>A copy of it waits until it is due.</summary>
    Held,

    /// <summary>There is no room for it.</summary>
    Full,

    /// <summary>Its discipline gives it up, for its <see cref="IQueueDiscipline.Refusal"/>.</summary>
    GivenUp,
}
