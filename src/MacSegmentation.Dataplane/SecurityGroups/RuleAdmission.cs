namespace MacSegmentation.SecurityGroups;

/// <summary>What the rules of a port say to a packet.</summary>
internal enum RuleAdmission : byte
{
    /// <summary>None admits it.</summary>
    None,

    /// <summary>It is admitted for itself: its answer needs a rule of its own.</summary>
    Stateless,

    /// <summary>It is admitted with the flow that it belongs to.</summary>
    Stateful,
}
