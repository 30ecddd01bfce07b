namespace MacSegmentation.Addressing;

/// <summary>
/// What a locally administered address is for by the structured local address plan (IEEE 802c-2017, section 8.4.4; RFC 8948 section 2): the bits Y and Z of the first
/// octet say it, so its second hexadecimal digit does.
/// </summary>
public enum SlapQuadrant
{
    /// <summary>Not locally administered: the plan says nothing of it.</summary>
    None,

    /// <summary>Administratively assigned, quadrant 00, second digit 2: whoever runs the network gives it out.</summary>
    AAI,

    /// <summary>Extended local, quadrant 01, second digit A: it begins with a company's CID.</summary>
    ELI,

    /// <summary>Standard assigned, quadrant 11, second digit E: protocols that IEEE 802 standardises give it out.</summary>
    SAI,

    /// <summary>Reserved for future use, quadrant 10, second digit 6.</summary>
    Reserved,
}
