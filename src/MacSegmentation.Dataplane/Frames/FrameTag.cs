namespace MacSegmentation.Frames;

/// <summary>What the tags of a frame say, taken together.</summary>
public enum FrameTag : byte
{
    /// <summary>There is no tag.</summary>
    None,

    /// <summary>Its tags have a priority only: their VLAN is 0.</summary>
    Priority,

    /// <summary>A tag names a VLAN.</summary>
    Vlan,
}
