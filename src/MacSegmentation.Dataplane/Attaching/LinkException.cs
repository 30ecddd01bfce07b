using System.Runtime.InteropServices;

namespace MacSegmentation.Attaching;

/// <summary>The kernel did not do what was asked of a link. It becomes a sentence where it is known what for (<see cref="InstanceAttacher"/>).</summary>
/// <param name="number">errno.</param>
internal sealed class LinkException(int number) : Exception(Marshal.GetPInvokeErrorMessage(number))
{
    /// <summary>errno.</summary>
    public int Number { get; } = number;
}
