namespace MacSegmentation.Switch;

/// <summary>A switch: it learns where addresses are, and looks them up.</summary>
internal readonly struct SwitchKind : IPipelineKind
{
    public static bool IsSwitch => true;
}
