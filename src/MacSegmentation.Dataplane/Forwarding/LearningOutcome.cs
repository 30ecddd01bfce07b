namespace MacSegmentation.Forwarding;

/// <summary>What came of learning an address.</summary>
internal enum LearningOutcome
{
    /// <summary>It was known at this port.</summary>
    Known,

    /// <summary>It is new.</summary>
    Learned,

    /// <summary>It was at another port before.</summary>
    Moved,

    /// <summary>The port has learned as many as it may.</summary>
    PortFull,

    /// <summary>The switch has learned as many as it may.</summary>
    TableFull,
}
