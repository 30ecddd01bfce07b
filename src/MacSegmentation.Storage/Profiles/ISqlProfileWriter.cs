using MacSegmentation.Profiles;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Profiles;

/// <summary>The changes of vNIC profiles, as statements.</summary>
internal interface ISqlProfileWriter : ISqlProfileReader, IProfileWriter, ISqlChange
{
    void IProfileWriter.InsertProfile(MacProfile profile)
    {
        ProfileTable.Rows.Insert(this, profile);
        MarkProfilesChanged();
    }

    void IProfileWriter.UpdateProfile(MacProfile profile)
    {
        ProfileTable.Rows.Update(this, profile);
        MarkProfilesChanged();
    }

    void IProfileWriter.DeleteProfile(string name)
    {
        Connection.Prepare("DELETE FROM vnic_profile WHERE name_key = ?").Bind(1, NameKeys.Of(name)).Run();
        MarkProfilesChanged();
    }

    private void MarkProfilesChanged() => Connection.Prepare("UPDATE profile_change SET revision = ?").Bind(1, NewRevision).Run();
}
