namespace MacSegmentation.Frames;

/// <summary>What the outermost tag of a frame says.</summary>
public enum FrameTag : byte
{
    /// <summary>There is no tag.</summary>
    None,

    /// <summary>The tag has a priority only: its VLAN is 0.</summary>
    Priority,

    /// <summary>The tag names a VLAN.</summary>
    Vlan,
}
