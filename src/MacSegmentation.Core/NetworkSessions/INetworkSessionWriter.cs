using MacSegmentation.InterfaceRecords;
using MacSegmentation.Profiles;
using MacSegmentation.Transactions;

namespace MacSegmentation.NetworkSessions;

/// <summary>Writes the rows of sessions, of instances, and of the rules that give instances profiles.</summary>
public interface INetworkSessionWriter : INetworkSessionReader, IInterfaceWriter, IChangeTransaction
{
    /// <summary>Records a new session.</summary>
    void InsertSession(MacSession session);

    /// <summary>Records what has changed of a session.</summary>
    void UpdateSession(MacSession session);

    /// <summary>Removes a session. It has no instances and no rules any more.</summary>
    void DeleteSession(string name);

    /// <summary>Records that an interface record, by its number, is an instance's.</summary>
    void InsertInstance(MacInstance instance);

    /// <summary>Records the profile of an instance anew, and where it comes from; not the one that its port has.</summary>
    void UpdateInstance(MacInstance instance);

    /// <summary>Forgets that an interface record is an instance's. It is forgotten with the record, too.</summary>
    void DeleteInstance(MacInstance instance);

    /// <summary>Records a new rule and returns it with its number.</summary>
    MacProfileRule InsertProfileRule(MacProfileRule rule);

    /// <summary>Records what has changed of a rule.</summary>
    void UpdateProfileRule(MacProfileRule rule);

    /// <summary>Removes a rule. Instances keep what they were given by it.</summary>
    void DeleteProfileRule(long ruleId);

    /// <summary>Records that a rule has given an instance another profile. It is forgotten with the instance, and with the rule.</summary>
    void InsertAdjustment(ProfileAdjustment adjustment);

    /// <summary>Forgets that a rule has given an instance another profile.</summary>
    void DeleteAdjustment(ProfileAdjustment adjustment);

    /// <summary>Records the schedule of an instance, which had none. It is forgotten with the instance.</summary>
    void InsertSchedule(InstanceSchedule schedule);

    /// <summary>Forgets the schedule of an instance.</summary>
    /// <param name="interfaceId">The number of its interface record.</param>
    void DeleteSchedule(long interfaceId);

    /// <inheritdoc/>
    void IProfileWriter.MoveSessionUses(string profile, string? to) => SessionCatalog.MoveUses(this, profile, to);
}
