namespace MacSegmentation.SecurityGroups;

/// <summary>What one port says to a packet: refused, passed, or passed with the flow in a place of the table. One number, as it is made per frame.</summary>
internal readonly struct Finding
{
    private const int PassedValue = -1;
    private const int RefusedValue = -2;
    private const int BeginsValue = -3;

    private readonly int value;

    private Finding(int value) => this.value = value;

    /// <summary>The port does not admit the packet.</summary>
    public static Finding Refused => new(RefusedValue);

    /// <summary>The port admits the packet, and there is nothing to remember.</summary>
    public static Finding Passed => new(PassedValue);

    /// <summary>The port admits the packet and the flow that it begins.</summary>
    public static Finding Begins => new(BeginsValue);

    /// <summary>True if the port does not admit the packet.</summary>
    public bool IsRefused => value == RefusedValue;

    /// <summary>True if the packet begins a flow.</summary>
    public bool IsBeginning => value == BeginsValue;

    /// <summary>True if the packet goes on with the flow in <see cref="Place"/>.</summary>
    public bool IsGoingOn => value >= 0;

    /// <summary>The flow's place, if the packet goes on with one.</summary>
    public int Place => value;

    /// <summary>The packet belongs to a flow that the port has admitted.</summary>
    /// <param name="place">The flow's place.</param>
    public static Finding GoesOn(int place) => new(place);
}
