namespace MacSegmentation.Telemetry;

/// <summary>Sees what a collector answers, to say why sending fails.</summary>
internal sealed class CollectorAnswers() : DelegatingHandler(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) })
{
    private volatile string? failure;

    /// <summary>What went wrong at last, as the second half of a sentence; null if nothing did.</summary>
    public string? Failure => failure;

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Note(base.Send(request, cancellationToken));
        }
        catch (Exception error) when (Note(error))
        {
            throw;
        }
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Note(await base.SendAsync(request, cancellationToken));
        }
        catch (Exception error) when (Note(error))
        {
            throw;
        }
    }

    private HttpResponseMessage Note(HttpResponseMessage response)
    {
        failure = response.IsSuccessStatusCode ? null : $"it answers {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();
        return response;
    }

    private bool Note(Exception error)
    {
        failure = error is OperationCanceledException ? "it does not answer in time" : error.GetBaseException().Message.TrimEnd('.');
        return true;
    }
}
