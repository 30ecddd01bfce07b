using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Stores.Auditing;
using MacSegmentation.Vlans;

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

    [Fact]
    public void A_change_has_its_reason_and_who_answers_for_one_may_have_to_give_it()
    {
        var store = Open();
        store.WithReason(" CHG-4711 ").Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10 }));
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 11 }));
        Assert.Equal(["CHG-4711", string.Empty], Events(store, new AuditQuery()).Select(entry => entry.Reason));

        store.Write(writer => AuditRules.Change(writer, new AuditSettings { IsReasonRequired = true }));
        Assert.True(store.Read(reader => reader.AuditSettings).IsReasonRequired);
        Assert.Equal((AuditAction.ChangeAuditSettings, 3L), Events(store, new AuditQuery { Newest = 1 }).Select(entry => (entry.Action, entry.Revision)).Single());
        foreach (string? missing in (string?[])[null, string.Empty, "  "])
        {
            bool hasBegun = false;
            var error = Assert.Throws<MacSegmentationException>(() => store.WithReason(missing).Write(_ => hasBegun = true));
            Assert.Equal(("ReasonRequired", false), (error.ErrorId, hasBegun));
        }

        Assert.Equal("InvalidReason", Assert.Throws<MacSegmentationException>(() => store.WithReason(new string('x', 1001)).Write(_ => 0)).ErrorId);
        Assert.Equal("InvalidReason", Assert.Throws<MacSegmentationException>(() => store.WithReason("a\nb").Write(_ => 0)).ErrorId);
        Assert.Equal(3, store.ReadRevision());

        // What the system does by itself has its own cause.
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 12 }));
        store.WithReason("done").WriteStoppable(writer => AuditRules.Change(writer, new AuditSettings()), CancellationToken.None);
        Assert.Equal(["done", string.Empty], Events(store, new AuditQuery { Newest = 2 }).Select(entry => entry.Reason).Reverse());
        Assert.False(store.Read(reader => reader.AuditSettings).IsReasonRequired);
    }

    [Fact]
    public void Events_are_found_by_whatever_is_known_of_them()
    {
        var store = Open(new ManualTime());
        foreach (string name in (string[])["web-1", "WEB-2", "a_b%c", "axb%c", @"back\slash", "db"])
        {
            store.WithReason($"because of {name}").Write(writer =>
            {
                writer.AppendAudit(new AuditEntry(AuditAction.ChangeInterface, 10, name, "d"));
                return 0;
            });
        }

        Assert.Equal(["web-1"], Subjects(new AuditQuery { Subject = "Web-1" }));
        Assert.Equal(["web-1", "WEB-2"], Subjects(new AuditQuery { Subject = "web-?" }));
        Assert.Equal(["web-1", "WEB-2"], Subjects(new AuditQuery { Subject = "W*" }));
        Assert.Equal(["a_b%c"], Subjects(new AuditQuery { Subject = "a_b%*" }));
        Assert.Equal(["a_b%c", "axb%c"], Subjects(new AuditQuery { Subject = "a?b%c" }));
        Assert.Equal([@"back\slash"], Subjects(new AuditQuery { Subject = @"*k\s*" }));
        Assert.Equal(["db"], Subjects(new AuditQuery { Reason = "* OF DB" }));
        Assert.Equal(6, Subjects(new AuditQuery { User = "*" }).Count);
        Assert.Empty(Subjects(new AuditQuery { User = "nobody-*" }));
        Assert.Equal(["WEB-2"], Subjects(new AuditQuery { Revision = 2 }));
        Assert.Empty(Subjects(new AuditQuery { Revision = 2, Subject = "web-1" }));
        Assert.Equal(["axb%c", @"back\slash"], Subjects(new AuditQuery { After = 3, Before = 6 }));
        Assert.Equal(["a_b%c", "axb%c"], Subjects(new AuditQuery { After = 1, Before = 5, Newest = 2 }));
        Assert.Equal(["web-1"], Subjects(new AuditQuery { Subject = "WEB-1", Newest = 1 }));

        List<string> Subjects(AuditQuery query) => [.. Events(store, query).Select(entry => entry.Subject)];
    }

    [Fact]
    public void Times_bound_events_whatever_the_clocks_have_done()
    {
        var time = new ManualTime();
        var store = Open(time);
        var start = time.GetUtcNow();
        foreach (int minute in (int[])[0, 10, 30, 5, 20, 40])
        {
            time.SetUtcNow(start.AddMinutes(minute));
            store.Write(writer =>
            {
                writer.AppendAudit(new AuditEntry(AuditAction.ChangeVlan, 1, $"{minute}"));
                return 0;
            });
        }

        foreach (int since in (int[])[-1, 0, 5, 12, 30, 41])
        {
            foreach (int until in (int[])[-1, 0, 7, 20, 35, 40])
            {
                var query = new AuditQuery { Since = start.AddMinutes(since), Until = start.AddMinutes(until) };
                var (after, before) = store.Read(reader => reader.FindAuditBounds(query.Since, query.Until));
                Assert.Equal(Events(store, query), before <= after + 1 ? [] : Events(store, query with { After = after, Before = before }));
            }
        }

        Assert.Equal((0, long.MaxValue), store.Read(reader => reader.FindAuditBounds(null, null)));
    }

    private static IReadOnlyList<MacAuditEvent> Events(IMacStore store, AuditQuery query) => store.Read(reader => reader.ListAuditEvents(query));
}
