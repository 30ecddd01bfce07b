namespace MacSegmentation.Workers;

/// <summary>The work of one of an enforcer's threads.</summary>
internal interface IWorker
{
    /// <summary>What the thread is called.</summary>
    string Name { get; }

    /// <summary>Works until all its sources have ended or <see cref="Stop"/> is called. Errors of the ports come out of here.</summary>
    void Run();

    /// <summary>Has it end soon; from any thread.</summary>
    void Stop();
}
