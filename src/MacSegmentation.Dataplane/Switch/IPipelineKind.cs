namespace MacSegmentation.Switch;

/// <summary>What a pipeline is for. It is a type parameter: of the stages that a kind does without the compiler leaves nothing.</summary>
internal interface IPipelineKind
{
    /// <summary>True for a switch; false for a bump in the wire, whose frames leave by the one other port.</summary>
    static abstract bool IsSwitch { get; }
}
