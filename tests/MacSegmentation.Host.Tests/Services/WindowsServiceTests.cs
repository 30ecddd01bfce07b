using MacSegmentation.Enforcement;
using MacSegmentation.Errors;

namespace MacSegmentation.Services;

/// <summary>A service of Windows, with the functions of the service control manager stood in for.</summary>
public sealed class WindowsServiceTests : IDisposable
{
    private readonly HostService before = HostService.Current;

    public void Dispose() => HostService.Current = before;

    [Fact]
    public void It_begins_runs_is_told_to_stop_and_ends()
    {
        var manager = new StandIn();
        int code = new WindowsService("macseg-edge", manager, () =>
        {
            using var stopped = new ManualResetEventSlim();
            using var signals = new StopSignals(stopped.Set);
            using (HostService.Current.Begin("Working", () => true))
            {
                Assert.Equal(0U, manager.Handle!(4));
                Assert.Equal(120U, manager.Handle(99));
                Assert.False(stopped.IsSet);
                Assert.Equal(0U, manager.Handle(1));
                Assert.True(stopped.IsSet);
                Assert.True(signals.Requested.IsCompleted);
            }

            return 0;
        }).Run();
        Assert.Equal(0, code);
        Assert.Equal("macseg-edge", manager.Name);
        Assert.Equal(
            [ServiceState.StartPending, ServiceState.Running, ServiceState.Running, ServiceState.StopPending, ServiceState.StopPending, ServiceState.Stopped],
            manager.Told.Select(status => status.State));
        Assert.Equal(5U, manager.Told[1].Controls);
        Assert.All(manager.Told.Where(status => status.State != ServiceState.Running), status => Assert.Equal(0U, status.Controls));
    }

    [Fact]
    public void A_command_that_fails_is_told_by_its_exit_code_and_one_that_is_stopped_while_it_begins_does_not_run()
    {
        var manager = new StandIn();
        Assert.Equal(2, new WindowsService("x", manager, () => 2).Run());
        Assert.Equal(new ServiceStatus(ServiceState.Stopped, 0, 2, default), manager.Told[^1]);

        manager = new StandIn();
        new WindowsService("x", manager, () =>
        {
            manager.Handle!(5);
            HostService.Current.Begin("Working", () => true).Dispose();
            return 0;
        }).Run();
        Assert.DoesNotContain(manager.Told, status => status.State == ServiceState.Running);

        manager = new StandIn();
        Assert.Throws<InvalidOperationException>(() => new WindowsService("x", manager, () => throw new InvalidOperationException()).Run());
        Assert.Equal((ServiceState.Stopped, 1U), (manager.Told[^1].State, manager.Told[^1].ExitCode));
    }

    [Theory]
    [InlineData(1063, "which starts the service")]
    [InlineData(5, "error 5")]
    public void Whoever_starts_it_at_a_prompt_is_told(int error, string reason)
    {
        var thrown = Assert.Throws<MacSegmentationException>(() => new WindowsService("x", new StandIn { Error = error }, () => 0).Run());
        Assert.Equal("ServiceNotStarted", thrown.ErrorId);
        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    private sealed class StandIn : IServiceControl
    {
        public int Error { get; init; }

        public string Name { get; private set; } = string.Empty;

        public Func<uint, uint>? Handle { get; private set; }

        public List<ServiceStatus> Told { get; } = [];

        public int Dispatch(string name, Action main)
        {
            Name = name;
            if (Error == 0)
            {
                main();
            }

            return Error;
        }

        public void Register(string name, Func<uint, uint> handle) => Handle = handle;

        public void SetStatus(ServiceStatus status) => Told.Add(status);
    }
}
