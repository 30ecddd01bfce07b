using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MacSegmentation.Errors;

namespace MacSegmentation.Providers;

/// <summary>A provider as a process: starts it, reads what it tells, asks it how it is, and ends it by ending its input.</summary>
internal sealed class ProviderProcess : IDisposable
{
    private const int LinesKept = 20;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly string provider;
    private readonly Queue<string> said = [];
    private MacSegmentationException? failure;
    private readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock asking = new();

    private ProviderProcess(Process process, string provider)
    {
        this.process = process;
        this.provider = provider;
        ProcessId = process.Id;
    }

    /// <summary>The process's number.</summary>
    public int ProcessId { get; }

    /// <summary>Where it listens.</summary>
    public IReadOnlyList<Uri> Uris { get; private set; } = [];

    /// <summary>Done when the process has ended and all that it wrote is read; the exit code.</summary>
    public Task<int> Completion { get; private set; } = Task.FromResult(0);

    /// <summary>Starts the program.</summary>
    /// <param name="provider">The provider's name.</param>
    /// <param name="start">How.</param>
    /// <exception cref="MacSegmentationException">ProgramNotFound.</exception>
    public static ProviderProcess Start(string provider, ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.StandardOutputEncoding = start.StandardErrorEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        try
        {
            return new ProviderProcess(Process.Start(start)!, provider);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new MacSegmentationException(
                "ProgramNotFound", MacErrorKind.NotInstalled, $"The program {start.FileName} cannot be started: {error.Message.TrimEnd('.')}. Install the module's package anew.", start.FileName, error);
        }
    }

    /// <summary>Reads what the program tells from now on.</summary>
    /// <param name="tell">Takes each event, and each warning.</param>
    public void Listen(Action<JsonObject> tell) => Completion = ReadAsync(tell);

    /// <summary>Waits until devices can ask.</summary>
    /// <exception cref="MacSegmentationException">What the program says why it ended; ProviderEnded; ProviderStartTimeout.</exception>
    public void WaitUntilListening()
    {
        Task.WaitAny([listening.Task, Completion], StartTimeout);
        if (listening.Task.IsCompleted)
        {
            return;
        }

        throw Completion.IsCompleted
            ? ToError(Completion.Result)
            : new MacSegmentationException(
                "ProviderStartTimeout", MacErrorKind.Unavailable, $"The provider '{provider}' did not begin to answer within {StartTimeout.TotalSeconds:0} s. Try again, or macseg provide at a prompt of its own.", provider);
    }

    /// <summary>Asks the program how it is; the answer comes as what it tells.</summary>
    public void AskStatus() => Input(input => input.WriteLine("status"));

    /// <summary>Has the program end, by ending its input; by force if it does not within this time.</summary>
    public void Stop(TimeSpan patience)
    {
        Input(input => input.Close());
        if (!Completion.Wait(patience))
        {
            Kill();
        }
    }

    /// <summary>Why the program ended.</summary>
    public MacSegmentationException ToError(int exitCode)
    {
        lock (said)
        {
            return failure ?? ProviderProgram.ToError(exitCode, said.FirstOrDefault(), provider);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        process.Dispose();
    }

    private void Kill()
    {
        try
        {
            process.Kill();
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself.
        }
    }

    private void Input(Action<StreamWriter> write)
    {
        lock (asking)
        {
            try
            {
                write(process.StandardInput);
                if (process.StandardInput.BaseStream.CanWrite)
                {
                    process.StandardInput.Flush();
                }
            }
            catch (Exception error) when (error is IOException or InvalidOperationException)
            {
                // Nobody reads any more: the program has ended, which Completion tells.
            }
        }
    }

    private async Task<int> ReadAsync(Action<JsonObject> tell)
    {
        await Task.WhenAll(ReadAsync(process.StandardOutput, line => TakeLine(line, tell)), ReadAsync(process.StandardError, line => TakeLine(line, tell))).ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode;
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> take)
    {
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            take(line);
        }
    }

    private void TakeLine(string line, Action<JsonObject> tell)
    {
        switch (ReadObject(line))
        {
            case null:
                // Not the program's own words: the runtime's, which did not come to run it.
                lock (said)
                {
                    said.Enqueue(line);
                    if (said.Count > LinesKept)
                    {
                        said.Dequeue();
                    }
                }

                break;
            case var error when (string?)error["event"] is "error":
                lock (said)
                {
                    failure ??= ProviderProgram.ToError(error, provider);
                }

                break;
            case var told:
                if ((string?)told["event"] is "listening" && Uri.TryCreate((string?)told["uri"], UriKind.Absolute, out var uri))
                {
                    // An array, which PowerShell takes for several arguments.
                    Uris = Uris.Append(uri).ToArray();
                    listening.TrySetResult();
                }

                tell(told);
                break;
        }
    }

    private static JsonObject? ReadObject(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
