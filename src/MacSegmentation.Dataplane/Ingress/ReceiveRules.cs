namespace MacSegmentation.Ingress;

/// <summary>What a switch takes in beside what its ports say.</summary>
/// <param name="ForwardsLinkLocal">True to forward link-local control frames like other multicast frames.</param>
/// <param name="NativeVlan">Of a bump in the wire: the VLAN of frames without a VLAN's tag.</param>
/// <param name="AdmitsCut">Of a bump in the wire: true to pass frames on that were captured shorter than they were, as in a file.</param>
internal sealed record ReceiveRules(bool ForwardsLinkLocal = false, int NativeVlan = 0, bool AdmitsCut = false);
