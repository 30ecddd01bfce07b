using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using MacSegmentation.Processes;

namespace MacSegmentation.Provision;

/// <summary>A <c>macseg provide</c> that accepts requests.</summary>
internal sealed class RunningProcess : IAsyncDisposable
{
    private readonly Task<string> error;

    private RunningProcess(Process process, Task<string> error, string uri, string token)
    {
        Process = process;
        this.error = error;
        Client = new HttpClient { BaseAddress = new Uri(uri) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Process Process { get; }

    public HttpClient Client { get; }

    public static async Task<RunningProcess> StartAsync(TestProgram program, string folder, string token, params string[] arguments)
    {
        var process = program.Start(folder, ["provide", "--json", "--stop-on-stdin-end", .. arguments]);
        var error = process.StandardError.ReadToEndAsync();
        using var listening = JsonDocument.Parse(await process.StandardOutput.ReadLineAsync() is { } line ? line : throw new InvalidOperationException(await error));
        Assert.Equal("listening", listening.RootElement.GetProperty("event").GetString());
        return new RunningProcess(process, error, listening.RootElement.GetProperty("uri").GetString()!, token);
    }

    /// <summary>The event of the next line.</summary>
    public async Task<string?> ReadEventAsync()
    {
        using var told = JsonDocument.Parse(await Process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? "{\"event\":null}");
        return told.RootElement.GetProperty("event").GetString();
    }

    /// <summary>The exit code and what was written on standard error, once it has ended by itself.</summary>
    public async Task<(int ExitCode, string Error)> EndAsync()
    {
        await Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (Process.ExitCode, await error);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!Process.HasExited)
        {
            Process.Kill();
            await Process.WaitForExitAsync(CancellationToken.None);
        }

        Process.Dispose();
    }
}
