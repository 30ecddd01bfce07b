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

    /// <summary>Has the ports of interface records that have a profile have another one, or none.</summary>
    /// <param name="profile">The profile, as its own row writes it.</param>
    /// <param name="to">The other, as its own row writes it; null for none.</param>
    void MoveInterfaces(string profile, string? to);

    /// <summary>Has sessions, rules and instances that name a profile name another one; if there is none, sessions have no default, rules go, and instances get what a launch would give them.</summary>
    /// <param name="profile">The profile, as its own row writes it.</param>
    /// <param name="to">The other, as its own row writes it; null for none.</param>
    void MoveSessionUses(string profile, string? to);
}
