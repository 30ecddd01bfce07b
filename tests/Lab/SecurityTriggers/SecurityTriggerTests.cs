using MacSegmentation.Events;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Tags;

namespace MacSegmentation.SecurityTriggers;

/// <summary>From the denied frame to the tag in the store and the next frame's verdict, and back.</summary>
public sealed class SecurityTriggerTests : IDisposable
{
    private static readonly SecurityTriggerRequest Scan = new()
    {
        Name = "scan",
        When = "SpoofRefusals > 5 within 10s and Denials > 5 within 10s",
        AddTag = [TriggerScene.Quarantined],
        For = TimeSpan.FromMinutes(15),
    };

    private readonly TriggerScene scene = new();

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task Who_floods_is_tagged_and_dropped_for_a_time_and_the_neighbour_whom_it_claims_to_be_is_not()
    {
        scene.Start();
        scene.Add(Scan);
        for (int round = 1; round <= 2; round++)
        {
            await scene.Talk();
            Assert.Equal(round, scene.Received);
            await scene.Spoof(5);
            scene.Look();
            Assert.Empty(scene.TagsOf("web-1"));
            await scene.Spoof(1);
            scene.Look();
            Assert.Equal([TriggerScene.Quarantined], scene.TagsOf("web-1"));
            Assert.Empty(scene.TagsOf("web-2"));
            Assert.Equal(["Security trigger 'scan' fired at web-1: SpoofRefusals 6 within 10s, Denials 6 within 10s."], scene.TakeEvents(EnforcerEventKind.TriggerFired));
            await scene.Talk();
            Assert.Equal(round, scene.Received);

            // What made it fire does not do so again when its time is over.
            scene.Time.Advance(TimeSpan.FromMinutes(15));
            scene.Look();
            Assert.Empty(scene.TagsOf("web-1"));
            Assert.Equal(["Security trigger 'scan' is over at web-1."], scene.TakeEvents(EnforcerEventKind.TriggerLifted));
            scene.Look();
            Assert.Empty(scene.TagsOf("web-1"));
        }
    }

    [Fact]
    public async Task Frames_that_come_slowly_do_not_add_up()
    {
        scene.Start();
        scene.Add(Scan);
        for (int i = 0; i < 20; i++)
        {
            await scene.Spoof(1);
            scene.Look();
            scene.Time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Empty(scene.TagsOf("web-1"));
    }

    [Fact]
    public async Task A_rate_is_that_of_the_last_second()
    {
        scene.Start();
        scene.Add(Scan with { When = "ArpRate > 20" });
        await scene.Ask(20);
        scene.Look();
        Assert.Empty(scene.TagsOf("web-1"));
        scene.Time.Advance(TimeSpan.FromSeconds(1));
        await scene.Ask(21);
        scene.Look();
        Assert.Equal([TriggerScene.Quarantined], scene.TagsOf("web-1"));
    }

    [Fact]
    public async Task Another_enforcer_takes_back_what_one_that_is_gone_saw()
    {
        scene.Start();
        scene.Add(Scan);
        await scene.Spoof(6);
        scene.Look();
        Assert.Single(scene.TagsOf("web-1"));
        scene.Start();
        Assert.Single(scene.TagsOf("web-1"));
        scene.Time.Advance(TimeSpan.FromMinutes(15));
        scene.Look();
        Assert.Empty(scene.TagsOf("web-1"));
        await scene.Talk();
        Assert.Equal(1, scene.Received);
    }

    [Fact]
    public async Task What_finds_no_room_is_told_once_and_done_when_there_is_some()
    {
        scene.Start();
        scene.Add(Scan);
        Change(new InterfaceChange { Tag = [.. Enumerable.Range(1, MacTags.MaxCount).Select(number => MacTag.OfInteger(number))] });
        await scene.Spoof(6);
        for (int second = 0; second < 20; second++)
        {
            scene.Look();
            scene.Time.Advance(TimeSpan.FromSeconds(1));
        }

        string told = Assert.Single(scene.TakeEvents(EnforcerEventKind.TriggerFailed));
        Assert.Contains("would have 65 tags", told, StringComparison.Ordinal);
        Change(new InterfaceChange { Tag = [] });
        for (int second = 0; second < 60; second++)
        {
            scene.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([TriggerScene.Quarantined], scene.TagsOf("web-1"));
    }

    [Fact]
    public async Task Who_is_exempt_is_never_tagged_and_a_dry_run_tags_nobody()
    {
        scene.Start();
        Change(new InterfaceChange { TriggerExempt = true });
        scene.Add(Scan);
        await scene.Spoof(10);
        scene.Look();
        Assert.Empty(scene.TagsOf("web-1"));
        scene.Time.Advance(TimeSpan.FromMinutes(1));
        Change(new InterfaceChange { TriggerExempt = false });
        scene.Store.Write(writer => SecurityTriggerCatalog.Change(writer, "scan", new SecurityTriggerChange { IsDryRun = true }));
        scene.Look();
        await scene.Spoof(10);
        scene.Look();
        Assert.Empty(scene.TagsOf("web-1"));
        Assert.StartsWith("Security trigger 'scan' would have fired at web-1", Assert.Single(scene.TakeEvents(EnforcerEventKind.TriggerFired)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_administrator_takes_back_stays_so_until_it_happens_again()
    {
        scene.Start();
        scene.Add(Scan with { For = null });
        await scene.Spoof(6);
        scene.Look();
        Change(new InterfaceChange { RemoveTag = [TriggerScene.Quarantined] });
        scene.Look();
        Assert.Empty(scene.TagsOf("web-1"));
        await scene.Spoof(6);
        scene.Look();
        Assert.Single(scene.TagsOf("web-1"));
        scene.Time.Advance(TimeSpan.FromDays(1));
        scene.Look();
        Assert.Single(scene.TagsOf("web-1"));
    }

    [Fact]
    public async Task A_condition_that_cannot_be_read_is_told_of_once_and_the_other_triggers_work()
    {
        scene.Store.Write(writer =>
        {
            writer.InsertSecurityTrigger(new MacSecurityTrigger { Name = "newer", When = "Temperature > 50", AddTag = [TriggerScene.Quarantined] });
            return 0;
        });
        scene.Start();
        scene.Add(Scan);
        Assert.StartsWith("Security trigger 'newer' is not evaluated here. ", Assert.Single(scene.TakeEvents(EnforcerEventKind.TriggerFailed)), StringComparison.Ordinal);
        await scene.Spoof(6);
        scene.Look();
        Assert.Equal([TriggerScene.Quarantined], scene.TagsOf("web-1"));
        Assert.Empty(scene.TakeEvents(EnforcerEventKind.TriggerFailed));
    }

    private void Change(InterfaceChange change)
    {
        scene.Store.Write(writer => InterfaceCatalog.Change(writer, "web-1", change));
        scene.Look();
    }
}
