using MacSegmentation.InterfaceRecords;
using MacSegmentation.Profiles;
using MacSegmentation.Stores.Profiles;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.InterfaceRecords;

/// <summary>The changes of interface records and address pairs, as statements.</summary>
internal interface ISqlInterfaceWriter : ISqlInterfaceReader, IInterfaceWriter, ISqlProfileWriter
{
    MacInterface IInterfaceWriter.InsertInterface(MacInterface record)
    {
        var stored = record with { InterfaceId = InterfaceTable.Rows.InsertNew(this, record) };
        InsertFixedAddresses(stored);
        InsertTags(stored);
        return stored;
    }

    void IInterfaceWriter.UpdateInterface(MacInterface record)
    {
        InterfaceTable.Rows.Update(this, record);
        Connection.Prepare("DELETE FROM fixed_address WHERE interface_id = ?").Bind(1, record.InterfaceId).Run();
        InsertFixedAddresses(record);
        Connection.Prepare("DELETE FROM interface_tag WHERE interface_id = ?").Bind(1, record.InterfaceId).Run();
        InsertTags(record);
    }

    void IInterfaceWriter.DeleteInterface(long interfaceId) => InterfaceTable.Rows.Delete(this, interfaceId);

    void IInterfaceWriter.InsertAddressPair(long interfaceId, MacAddressPair pair)
    {
        Connection
            .Prepare("INSERT INTO address_pair (interface_id, ip_address, own_mac_address) VALUES (?, ?, ?)")
            .Bind(1, interfaceId)
            .Bind(2, pair.IPAddress)
            .Bind(3, OwnAddress(pair))
            .Run();
        InterfaceChildren.MarkChanged(this, interfaceId);
    }

    void IInterfaceWriter.DeleteAddressPair(long interfaceId, MacAddressPair pair)
    {
        Connection
            .Prepare("DELETE FROM address_pair WHERE interface_id = ? AND ip_address = ? AND own_mac_address = ?")
            .Bind(1, interfaceId)
            .Bind(2, pair.IPAddress)
            .Bind(3, OwnAddress(pair))
            .Run();
        InterfaceChildren.MarkChanged(this, interfaceId);
    }

    void IProfileWriter.MoveInterfaces(string profile, string? to) => Connection.Prepare(InterfaceTable.MoveToProfile).Bind(1, to).Bind(2, NewRevision).Bind(3, profile).Run();

    private static long OwnAddress(MacAddressPair pair) => pair.HasOwnMacAddress ? (long)pair.MacAddress.Value : 0;

    private void InsertTags(MacInterface record)
    {
        foreach (var tag in record.Tag)
        {
            Connection.Prepare("INSERT INTO interface_tag (interface_id, tag) VALUES (?, ?)").Bind(1, record.InterfaceId).Bind(2, tag.Json).Run();
        }
    }

    private void InsertFixedAddresses(MacInterface record)
    {
        for (int place = 0; place < record.IPAddress.Count; place++)
        {
            Connection
                .Prepare("INSERT INTO fixed_address (interface_id, place, ip_address, prefix_length) VALUES (?, ?, ?, ?)")
                .Bind(1, record.InterfaceId)
                .Bind(2, place)
                .Bind(3, record.IPAddress[place].Address)
                .Bind(4, record.IPAddress[place].PrefixLength)
                .Run();
        }
    }
}
