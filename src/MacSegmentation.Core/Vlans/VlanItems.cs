using MacSegmentation.Documents;

namespace MacSegmentation.Vlans;

/// <summary>One of the lists of a VLAN of the document.</summary>
/// <param name="VlanId">The VLAN.</param>
/// <param name="Items">The list.</param>
internal sealed record VlanItems<T>(int VlanId, DocumentList<T> Items)
    where T : class;
