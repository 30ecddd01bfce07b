using MacSegmentation.Addressing;

namespace MacSegmentation.Vlans;

/// <summary>Writes what is known of the addresses of a VLAN that nobody has.</summary>
public interface IFreeSpaceWriter : IFreeSpaceReader
{
    /// <summary>Adds an interval of never-used addresses. The caller makes sure that it meets no other.</summary>
    void InsertFree(int vlanId, MacRange interval);

    /// <summary>Removes an interval that <see cref="IFreeSpaceReader.FindFree"/>, FindLowestFree or ListFree returned.</summary>
    void DeleteFree(int vlanId, MacRange interval);

    /// <summary>Removes all addresses of a VLAN that are held down and lie in a range.</summary>
    void DeleteHeldDownIn(int vlanId, MacRange range);
}
