namespace MacSegmentation.Finding;

/// <summary>As what of a frame a policy matches an address.</summary>
[Flags]
public enum PolicySide
{
    /// <summary>As neither.</summary>
    None = 0,

    /// <summary>As the frame's source.</summary>
    Source = 1,

    /// <summary>As the frame's destination.</summary>
    Destination = 2,
}
