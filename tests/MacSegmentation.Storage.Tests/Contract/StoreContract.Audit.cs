using MacSegmentation.Auditing;
using MacSegmentation.Stores.Auditing;

namespace MacSegmentation.Stores.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public void Each_action_is_read_as_it_was_written_and_found_by_itself()
    {
        var store = Open();
        foreach (var action in Enum.GetValues<AuditAction>())
        {
            store.Write(writer =>
            {
                writer.AppendAudit(new AuditEntry(action, 1, $"{action}", string.Empty));
                return true;
            });
            var found = store.Read(reader => Assert.Single(reader.ListAuditEvents(new AuditQuery { Action = action })));
            Assert.Equal((action, $"{action}"), (found.Action, found.Subject));
        }
    }

    [Fact]
    public void A_renamed_action_is_written_by_the_name_that_older_programs_know() =>
        Assert.Equal(("RecoverHandle", AuditAction.RevokeHandle), (StoredAction.From(AuditAction.RevokeHandle), StoredAction.To("RecoverHandle")));
}
