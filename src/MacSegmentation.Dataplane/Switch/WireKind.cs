namespace MacSegmentation.Switch;

/// <summary>A bump in the wire, or the way from one capture to another.</summary>
internal readonly struct WireKind : IPipelineKind
{
    public static bool IsSwitch => false;
}
