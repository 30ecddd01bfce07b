namespace MacSegmentation.Addressing;

/// <summary>Which way a flow begins, as a member's machine sees it.</summary>
public enum TrafficDirection
{
    /// <summary>Towards the member.</summary>
    Inbound,

    /// <summary>From the member.</summary>
    Outbound,
}
