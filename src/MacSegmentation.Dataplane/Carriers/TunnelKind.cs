namespace MacSegmentation.Carriers;

/// <summary>How a tunnel port wraps frames.</summary>
public enum TunnelKind
{
    /// <summary>VXLAN (RFC 7348), in UDP to port 4789.</summary>
    Vxlan,

    /// <summary>Geneve (RFC 8926), in UDP to port 6081.</summary>
    Geneve,
}
