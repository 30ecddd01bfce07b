using MacSegmentation.Stores.Tables;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Vlans;

/// <summary>The table of VLANs.</summary>
internal static class VlanTable
{
    public static ColumnType<PolicyAction> Action { get; } = ColumnTypes.Choice(PolicyAction.Allow, PolicyAction.Deny, PolicyAction.Drop);

    public static readonly Table<MacVlan> Rows = new(
        "vlan",
        static () => new MacVlan { VlanId = 0 },
        Table<MacVlan>.NaturalKey("vlan_id", ColumnTypes.Integer, vlan => vlan.VlanId),
        Table<MacVlan>.Property("name", ColumnTypes.Text, vlan => vlan.Name),
        Table<MacVlan>.Property("default_action", Action, vlan => vlan.DefaultAction),
        Table<MacVlan>.Property("reuse_delay", ColumnTypes.Duration, vlan => vlan.ReuseDelay),
        Table<MacVlan>.Property("arp_responder", ColumnTypes.Flag, vlan => vlan.ArpResponder),
        Table<MacVlan>.Property("foreign_addresses", ColumnTypes.Flag, vlan => vlan.AdmitsOutOfPoolAddresses),
        Table<MacVlan>.Revision("created", ColumnUse.Once));

    public static readonly string SelectById = Rows.Select("WHERE vlan_id = ?");
    public static readonly string SelectSorted = Rows.Select("ORDER BY vlan_id");

    /// <summary>The VLANs with the revisions in which they were made. One that was removed and made again shares its number with the old one, and nothing else.</summary>
    public static readonly string SelectWithCreation = Rows.Select("ORDER BY vlan_id", "created");
}
