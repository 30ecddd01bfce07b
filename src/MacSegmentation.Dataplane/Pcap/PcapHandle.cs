using System.Runtime.InteropServices;

namespace MacSegmentation.Pcap;

/// <summary>
/// Owns a pcap_t. A call that is under way holds a reference, so that a handle disposed by another thread is closed only after its
/// reader has left it.
/// </summary>
internal sealed class PcapHandle : SafeHandle
{
    /// <summary>Takes over a pcap_t.</summary>
    internal PcapHandle(nint pcap)
        : base(0, ownsHandle: true) => SetHandle(pcap);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The library's words for the last failure of this handle.</summary>
    internal string ErrorText => Marshal.PtrToStringUTF8(NativePcap.ErrorText(this)) ?? "";

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativePcap.Close(handle);
        return true;
    }
}
