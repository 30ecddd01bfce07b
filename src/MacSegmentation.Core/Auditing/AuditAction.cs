namespace MacSegmentation.Auditing;

/// <summary>What a change did.</summary>
public enum AuditAction
{
    /// <summary>A VLAN was created.</summary>
    CreateVlan,

    /// <summary>A VLAN's name, ranges, default action or reuse delay was changed.</summary>
    ChangeVlan,

    /// <summary>A VLAN was removed with all that belonged to it.</summary>
    RemoveVlan,

    /// <summary>An address was given out.</summary>
    AllocateAddress,

    /// <summary>An address came back.</summary>
    ReleaseAddress,

    /// <summary>A policy was added.</summary>
    AddPolicy,

    /// <summary>A policy was changed.</summary>
    ChangePolicy,

    /// <summary>A policy was removed.</summary>
    RemovePolicy,
}
