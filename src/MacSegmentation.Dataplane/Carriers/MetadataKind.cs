namespace MacSegmentation.Carriers;

/// <summary>The header that takes a partition's id along in the frames of an ordinary port.</summary>
public enum MetadataKind
{
    /// <summary>None: frames are as they are.</summary>
    None,

    /// <summary>Cisco's metadata header (EtherType 0x8909), behind the VLAN's tag.</summary>
    Cisco,
}
