namespace MacSegmentation.Auditing;

/// <summary>What a change did.</summary>
public enum AuditAction
{
    /// <summary>A VLAN was created.</summary>
    CreateVlan,

    /// <summary>A VLAN's name, ranges, default action, reuse delay or ARP responder was changed.</summary>
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

    /// <summary>An interface record was created.</summary>
    CreateInterface,

    /// <summary>An interface record was changed.</summary>
    ChangeInterface,

    /// <summary>An interface record was removed.</summary>
    RemoveInterface,

    /// <summary>An allowed address pair was added to an interface record.</summary>
    AddAddressPair,

    /// <summary>An allowed address pair was removed from an interface record.</summary>
    RemoveAddressPair,

    /// <summary>A security group was created.</summary>
    CreateSecurityGroup,

    /// <summary>A security group was removed.</summary>
    RemoveSecurityGroup,

    /// <summary>A rule was added to a security group.</summary>
    AddSecurityGroupRule,

    /// <summary>A rule was removed from a security group.</summary>
    RemoveSecurityGroupRule,

    /// <summary>An interface joined a security group.</summary>
    AddSecurityGroupMember,

    /// <summary>An interface left a security group.</summary>
    RemoveSecurityGroupMember,

    /// <summary>A handle's instance was replaced by another, or its record changed otherwise.</summary>
    ChangeHandle,

    /// <summary>A handle gave its address up.</summary>
    ReleaseHandle,

    /// <summary>An administrator revoked a handle's address.</summary>
    RevokeHandle,

    /// <summary>A provider was created.</summary>
    CreateProvider,

    /// <summary>A provider was changed.</summary>
    ChangeProvider,

    /// <summary>A provider was removed.</summary>
    RemoveProvider,

    /// <summary>A block was delegated to a provider.</summary>
    GrantBlock,

    /// <summary>A block was asked back from its provider.</summary>
    RecallBlock,

    /// <summary>A block came back from its provider, or what was free of it.</summary>
    ReturnBlock,

    /// <summary>A block's epoch was closed without its provider's word.</summary>
    CloseBlock,

    /// <summary>A client of the provider service got a token.</summary>
    CreateProviderClient,

    /// <summary>A client of the provider service lost its token.</summary>
    RemoveProviderClient,

    /// <summary>A client of the provider service was changed.</summary>
    ChangeProviderClient,

    /// <summary>A partition was created.</summary>
    CreatePartition,

    /// <summary>A partition was changed.</summary>
    ChangePartition,

    /// <summary>A partition was removed.</summary>
    RemovePartition,

    /// <summary>A policy was added to a partition.</summary>
    AddPartitionPolicy,

    /// <summary>A policy of a partition was changed.</summary>
    ChangePartitionPolicy,

    /// <summary>A policy of a partition was removed.</summary>
    RemovePartitionPolicy,

    /// <summary>What holds for all partitions was changed.</summary>
    ChangePartitionSettings,

    /// <summary>A security trigger was added.</summary>
    AddSecurityTrigger,

    /// <summary>A security trigger was changed.</summary>
    ChangeSecurityTrigger,

    /// <summary>A security trigger was removed.</summary>
    RemoveSecurityTrigger,

    /// <summary>A security trigger fired at an interface record.</summary>
    FireSecurityTrigger,

    /// <summary>A security trigger would have fired, and is a dry run.</summary>
    RehearseSecurityTrigger,

    /// <summary>What a security trigger did to an interface record was taken back.</summary>
    LiftSecurityTrigger,

    /// <summary>A vNIC profile was created.</summary>
    CreateProfile,

    /// <summary>A vNIC profile was changed.</summary>
    ChangeProfile,

    /// <summary>A vNIC profile was removed.</summary>
    RemoveProfile,

    /// <summary>A session was created.</summary>
    CreateSession,

    /// <summary>A session was changed, suspended or resumed.</summary>
    ChangeSession,

    /// <summary>A session was removed.</summary>
    RemoveSession,

    /// <summary>An instance was launched.</summary>
    LaunchInstance,

    /// <summary>An instance got another profile.</summary>
    ChangeInstance,

    /// <summary>An instance ended.</summary>
    TerminateInstance,

    /// <summary>A rule that gives instances a profile was added.</summary>
    AddProfileRule,

    /// <summary>A rule that gives instances a profile was changed.</summary>
    ChangeProfileRule,

    /// <summary>A rule that gives instances a profile was removed.</summary>
    RemoveProfileRule,

    /// <summary>A policy was moved to another place of its VLAN's list.</summary>
    MovePolicy,

    /// <summary>The policies of a VLAN got new orders, in the same sequence.</summary>
    ResetPolicyOrder,

    /// <summary>Addresses of a pool were reserved.</summary>
    AddReservation,

    /// <summary>A reservation's description was changed.</summary>
    ChangeReservation,

    /// <summary>A reservation was taken back.</summary>
    RemoveReservation,

    /// <summary>An instance got another name, and with it all that carries the name.</summary>
    RenameInstance,

    /// <summary>An interface record got another name.</summary>
    RenameInterface,

    /// <summary>An interface record moved to another VLAN.</summary>
    MoveInterface,

    /// <summary>A security group was renamed or described otherwise.</summary>
    ChangeSecurityGroup,

    /// <summary>The store was restored from a backup.</summary>
    RestoreStore,

    /// <summary>What holds for the audit itself was changed.</summary>
    ChangeAuditSettings,

    /// <summary>What another change did was taken back.</summary>
    UndoChange,
}
