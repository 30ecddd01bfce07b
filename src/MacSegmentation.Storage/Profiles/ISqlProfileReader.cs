using MacSegmentation.Profiles;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Profiles;

/// <summary>The questions about vNIC profiles, as queries.</summary>
internal interface ISqlProfileReader : IProfileReader, ISqlSession
{
    MacProfile? IProfileReader.FindProfile(string name) => Connection.Prepare(ProfileTable.SelectByName).Bind(1, NameKeys.Of(name)).First(ProfileTable.Rows.Read);

    IReadOnlyList<MacProfile> IProfileReader.ListProfiles() => Connection.Prepare(ProfileTable.SelectSorted).All(ProfileTable.Rows.Read);
}
