using MacSegmentation.Verdicts;

namespace MacSegmentation.Carriers;

/// <summary>Why what a carrier brought is dropped.</summary>
internal static class CarrierReasons
{
    /// <summary>The packet ends before its carrier's header does.</summary>
    public static VerdictReason Truncated { get; } = VerdictReason.Define("CarrierTruncated", "too short for the header of its carrier");

    /// <summary>The carrier's header has flags that nobody may set, a version that is not known, or lengths that are not true.</summary>
    public static VerdictReason Malformed { get; } = VerdictReason.Define("CarrierMalformed", "reserved flags or untrue lengths in the header of its carrier");

    /// <summary>The carrier's header has an option that has to be understood, and is not (RFC 8926 section 3.4).</summary>
    public static VerdictReason CriticalOption { get; } = VerdictReason.Define(nameof(CriticalOption), "an option of its carrier that must be understood and is not");

    /// <summary>No port has the packet's virtual network.</summary>
    public static VerdictReason UnknownVni { get; } = VerdictReason.Define(nameof(UnknownVni), "virtual network of no port");

    /// <summary>The packet comes from a tunnel endpoint that is none of the port's.</summary>
    public static VerdictReason UnknownRemote { get; } = VerdictReason.Define(nameof(UnknownRemote), "tunnel endpoint that is none of the port's");
}
