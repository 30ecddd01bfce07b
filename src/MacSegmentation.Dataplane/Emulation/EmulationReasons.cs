using MacSegmentation.Verdicts;

namespace MacSegmentation.Emulation;

/// <summary>Why a profile gives a frame up.</summary>
internal static class EmulationReasons
{
    /// <summary>Lost as the profile's link loses frames.</summary>
    public static readonly VerdictReason EmulatedLoss = VerdictReason.Define(nameof(EmulatedLoss), "lost as the vNIC profile loses frames");

    /// <summary>As many frames wait for the profile's bandwidth as may.</summary>
    public static readonly VerdictReason EmulatedQueueFull = VerdictReason.Define(nameof(EmulatedQueueFull), "queue of the vNIC profile full");

    /// <summary>It would wait longer for the profile's bandwidth than a frame may.</summary>
    public static readonly VerdictReason EmulatedQueueTime = VerdictReason.Define(nameof(EmulatedQueueTime), "would wait too long in the queue of the vNIC profile");

    /// <summary>Given up by controlled delay (RFC 8289).</summary>
    public static readonly VerdictReason CoDel = VerdictReason.Define(nameof(CoDel), "given up by CoDel of the vNIC profile");

    /// <summary>More waits at the port, delays included, than its memory has room for.</summary>
    public static readonly VerdictReason EmulationFull = VerdictReason.Define(nameof(EmulationFull), "no memory for more frames that a vNIC profile delays");
}
