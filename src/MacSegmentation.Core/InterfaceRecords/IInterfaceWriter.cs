using MacSegmentation.Pools;
using MacSegmentation.Profiles;
using MacSegmentation.Tags;

namespace MacSegmentation.InterfaceRecords;

/// <summary>Writes the rows of interface records and their address pairs.</summary>
public interface IInterfaceWriter : IInterfaceReader, IPoolWriter, IProfileWriter
{
    /// <summary>Records an interface with its fixed addresses, without pairs and memberships, and returns it with its new id.</summary>
    MacInterface InsertInterface(MacInterface record);

    /// <summary>
    /// Records an interface's addresses, instance and settings anew, by its id. Its pairs and memberships stay; pairs without a MAC address of
    /// their own follow the interface's.
    /// </summary>
    void UpdateInterface(MacInterface record);

    /// <summary>Removes an interface record with its addresses, pairs, memberships and uses.</summary>
    void DeleteInterface(long interfaceId);

    /// <summary>Records an allowed address pair of an interface.</summary>
    void InsertAddressPair(long interfaceId, MacAddressPair pair);

    /// <summary>Removes an allowed address pair of an interface.</summary>
    void DeleteAddressPair(long interfaceId, MacAddressPair pair);

    /// <summary>Somebody has decided over tags of a record: what set them or took them away for a time has no claim on them any more.</summary>
    void ReleaseTags(string interfaceName, IReadOnlyList<MacTag> tags);

    /// <inheritdoc/>
    void IProfileWriter.MoveInterfaces(string profile, string? to)
    {
        foreach (var record in ListInterfaces().Where(record => string.Equals(record.Profile, profile, StringComparison.Ordinal)))
        {
            UpdateInterface(record with { Profile = to });
        }
    }
}
