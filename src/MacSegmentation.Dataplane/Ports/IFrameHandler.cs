using MacSegmentation.Frames;

namespace MacSegmentation.Ports;

/// <summary>What a source hands its frames to.</summary>
public interface IFrameHandler
{
    /// <summary>Takes one frame. Its bytes are not valid after the return.</summary>
    /// <param name="frame">The frame, in place.</param>
    void Handle(in Frame frame);
}
