namespace MacSegmentation.Profiles;

/// <summary>What the rules of profiles ask about what is built on them. Each concept that is answers for itself, beside its own rows.</summary>
public interface IProfileUses
{
    /// <summary>Number of the interface records whose port has a profile, which is named as its own row writes it.</summary>
    long CountInterfacesWith(string profile);

    /// <summary>The names of these records.</summary>
    /// <param name="profile">The profile, as its own row writes it.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<string> ListInterfacesWith(string profile, int limit);

    /// <summary>The VLANs of these records, each once.</summary>
    /// <param name="profile">The profile, as its own row writes it.</param>
    IReadOnlyList<int> ListInterfaceVlansWith(string profile);

    /// <summary>The VLANs of the sessions whose default a profile is.</summary>
    /// <param name="profile">The profile, as its own row writes it.</param>
    IReadOnlyList<int> ListSessionVlansWith(string profile);

    /// <summary>Sessions, rules and instances that name a profile, each in words, such as <c>session 'training'</c>.</summary>
    /// <param name="profile">The profile, as its own row writes it.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<string> ListSessionUses(string profile, int limit);
}
