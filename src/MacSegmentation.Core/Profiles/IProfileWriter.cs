using MacSegmentation.Transactions;

namespace MacSegmentation.Profiles;

/// <summary>Writes the rows of vNIC profiles.</summary>
public interface IProfileWriter : IProfileReader, IChangeTransaction
{
    /// <summary>Records a new profile.</summary>
    void InsertProfile(MacProfile profile);

    /// <summary>Records what has changed of a profile.</summary>
    void UpdateProfile(MacProfile profile);

    /// <summary>Removes a profile. Nothing names it any more.</summary>
    void DeleteProfile(string name);
}
