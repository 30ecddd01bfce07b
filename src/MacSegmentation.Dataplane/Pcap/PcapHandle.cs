using System.Runtime.InteropServices;

namespace MacSegmentation.Pcap;

/// <summary>
/// A pcap_t in use. A call that is under way holds a reference, so that a handle disposed by another thread is closed only after its
/// reader has left it; and it holds what opened it, which would close it as soon as nobody did.
/// </summary>
internal sealed class PcapHandle : SafeHandle
{
    private readonly IOpenCapture capture;

    /// <summary>Takes over an open adapter.</summary>
    internal PcapHandle(IOpenCapture capture)
        : base(0, ownsHandle: true)
    {
        this.capture = capture;
        SetHandle(capture.Handle);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>What it carries, as a DLT number.</summary>
    internal int LinkType => capture.LinkType;

    /// <summary>What a frame's fraction of a second is multiplied by for nanoseconds.</summary>
    internal long FractionUnit => capture.IsInNanoseconds ? 1 : 1000;

    /// <summary>The library's words for the last failure of this handle.</summary>
    internal string ErrorText => PcapLibrary.Text(NativePcap.pcap_geterr(this));

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        capture.Dispose();
        return true;
    }
}
