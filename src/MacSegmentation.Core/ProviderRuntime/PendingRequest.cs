using MacSegmentation.Errors;
using MacSegmentation.Handles;

namespace MacSegmentation.ProviderRuntime;

/// <summary>A request that waits for its decision.</summary>
internal sealed class PendingRequest(HandleRequest request) : PendingWork
{
    private readonly TaskCompletionSource<MacAssignment> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What is asked for.</summary>
    public HandleRequest Request { get; } = request;

    /// <summary>What was decided.</summary>
    public Task<MacAssignment> Answer => answer.Task;

    /// <summary>What the provider's own store gave it, if anything.</summary>
    public MacAssignment? Proposal { get; set; }

    /// <summary>The record of the proposal.</summary>
    public MacHandle? Record { get; set; }

    /// <summary>The handle's record before the proposal, if there was one.</summary>
    public MacHandle? Before { get; set; }

    /// <summary>What the shared store decided instead of the proposal, if it did.</summary>
    public MacAssignment? Decision { get; set; }

    /// <summary>Why the provider's own store gave it nothing.</summary>
    public MacSegmentationException? Refusal { get; set; }

    /// <summary>Answers it.</summary>
    public void Complete(MacAssignment assignment) => answer.TrySetResult(assignment);

    /// <summary>Refuses it.</summary>
    public override void Fail(Exception error) => answer.TrySetException(error);
}
