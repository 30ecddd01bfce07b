namespace MacSegmentation.Lab.Network;

/// <summary>What a virtual router uses its virtual MAC address for.</summary>
public enum VirtualMacUse
{
    /// <summary>For nothing: the virtual address is used with the host's own.</summary>
    None,

    /// <summary>For advertisements and ARP. Answers leave by the host's own interface, with its address, as its stack routes them.</summary>
    Requests,

    /// <summary>For all that comes from the virtual address, by a routing rule (RFC 5798 section 8.1.2).</summary>
    Always,
}
