using FsCheck;
using FsCheck.Fluent;
using static MacSegmentation.Providers.Protocol.ProtocolAction;

namespace MacSegmentation.Providers.Protocol;

/// <summary>
/// Whatever happens to a shared store and its providers, no address has two owners and no answer is lost. The named cases are what the random ones found, at their
/// shortest: site, number and devices of a step stand in this order.
/// </summary>
public sealed class BlockProtocolTests
{
    private const int Scenarios = 400;

    [Fact]
    public void Whatever_happens_no_address_has_two_owners_and_no_answer_is_lost()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("MACSEG_PROTOCOL_SCENARIOS"), out int asked) ? asked : Scenarios;
        var scenarios = Gen.Choose(0, int.MaxValue - 1).Select(ProtocolScenarioGenerator.Draw);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(count), Prop.ForAll(Arb.From(scenarios, scenario => scenario.Shrink()), ProtocolWorld.Run));
    }

    [Fact]
    public void What_was_given_up_while_alone_is_not_given_to_another_before_it_is_told() => Run(
        blockSize: 1, new(Ask, 0, 0, 4), new(Release, 0, 0, 4), new(Cut), new(Ask, 0, 0, 0));

    [Fact]
    public void A_device_that_asks_again_meanwhile_is_not_told_a_proposal() => Run(
        blockSize: 3, new(Ask, 2, 0, 2), new(Ask, 0, 0, 5), new(AskTwice, 0, 0, 2));

    [Fact]
    public void A_handle_that_lost_another_address_elsewhere_is_recorded_with_that() => Run(
        blockSize: 3, new(Ask, 2, 0, 3), new(ReleaseInCentralStore, 0, 0, 3), new(Ask, 0, 0, 3), new(Revoke, 2, 1, 3));

    [Fact]
    public void What_a_handle_is_thought_to_hold_is_withheld_when_its_address_comes_back_in_a_new_block() => Run(
        blockSize: 3, new(Ask, 0, 0, 4), new(Revoke, 0, 0, 4), new(Close, 2, 3), new(Ask, 0, 0, 0));

    [Fact]
    public void A_block_that_is_closed_and_fetched_again_is_dropped_before_it_is_adopted() => Run(
        blockSize: 2, new(Ask, 1, 0, 0), new(Close, 0, 3), new(Ask, 1, 0, 5, 4, 0));

    [Fact]
    public void A_release_is_told_before_another_site_can_be_asked() => Run(
        blockSize: 3, new(Ask, 0, 0, 0), new(Release, 0, 0, 0), new(AskCentralStore, 1, 0, 0));

    [Fact]
    public void What_was_revoked_is_held_down_although_its_block_is_closed() => Run(
        blockSize: 1, new(Ask, 1, 0, 4), new(Round, 2), new(Revoke, 2, 1, 4), new(Close, 2, 0), new(Ask, 2, 0, 5));

    [Fact]
    public void An_address_that_another_handle_got_is_taken_from_the_one_that_is_thought_to_have_it() => Run(
        blockSize: 1, new(Ask, 1, 0, 0), new(Ask, 2, 0, 0), new(ReleaseInCentralStore, 1, 0, 0), new(Round, 1), new(Ask, 1, 0, 4), new(Ask, 2, 0, 4));

    [Fact]
    public void What_the_shared_store_gave_out_of_a_closed_block_is_withheld_although_the_sign_was_not_seen() => ProtocolWorld.Run(new ProtocolScenario(
        6,
        3,
        50,
        [new(Ask, 1, 0, 0), new(Ask, 0, 0, 2, 1), new(Close, 1, 7), new(Ask, 0, 0, 3, 5), new(ReleaseInCentralStore, 0, 0, 2), new(Ask, 0, 0, 4), new(Wait, 0, 25), new(Cut), new(Ask, 0, 0, 2)]));

    [Fact]
    public void A_handle_whose_proposal_is_refused_is_remembered_as_it_was() => ProtocolWorld.Run(new ProtocolScenario(
        7,
        2,
        50,
        [new(Ask, 2, 0, 2), new(Revoke, 2, 0, 2), new(Ask, 1, 0, 1), new(Round, 2), new(FailCentralStore, 2, 16), new(Release, 2, 0, 1), new(Round, 2), new(Close, 2, 0), new(Ask, 2, 0, 2)]));

    [Fact]
    public void What_was_refused_is_not_answered_although_the_shared_store_is_lost_then() => Run(
        blockSize: 3, new(Ask, 0, 0, 0), new(Close), new(FailCentralStore, 0, 2), new(Ask, 0, 0, 1));

    [Fact]
    public void A_holding_that_ended_elsewhere_does_not_come_back_when_it_is_told_again() => Run(
        blockSize: 3, new(Ask, 2, 0, 2), new(Close), new(Restart, 1), new(Release, 1, 0, 2), new(Ask, 1, 0, 2), new(Release, 1, 0, 2));

    [Fact]
    public void What_was_taken_in_from_elsewhere_is_recorded_as_the_shared_store_has_it() => Run(
        blockSize: 3, new(Ask, 2, 0, 3, 4), new(Release, 2, 0, 3), new(Close, 1, 9), new(Ask, 1, 0, 3), new(Ask, 2, 0, 3), new(Release, 1, 0, 3));

    [Fact]
    public void What_was_kept_of_a_returned_block_is_kept_although_the_answer_is_lost() => Run(
        blockSize: 3, new(Ask, 0, 0, 0), new(Recall), new(FailCentralStore, 0, 5), new(Round), new(Cut), new(Ask, 0, 0, 1), new(Join), new(Round), new(Ask, 0, 0, 2));

    [Fact]
    public void What_a_restored_shared_store_gave_to_others_is_told_to_those_who_lose_it() => ProtocolWorld.Run(new ProtocolScenario(
        17,
        1,
        50,
        [new(Ask, 2, 0, 4, 3, 1), new(RestoreCentralStore, 2, 5), new(Ask, 0, 0, 0), new(Ask, 0, 0, 5), new(Cut, 2), new(Ask, 0, 0, 3), new(Ask, 2, 0, 5)]));

    [Fact]
    public void Of_two_addresses_that_were_given_at_once_the_one_holds_that_a_restored_shared_store_knows() => ProtocolWorld.Run(new ProtocolScenario(
        11,
        2,
        0,
        [new(FailCentralStore, 0, 2), new(Ask, 2, 0, 0), new(Round, 1), new(Revoke, 2, 1, 5), new(Ask, 0, 0, 0), new(Ask, 1, 0, 1), new(Recall, 0, 6), new(Ask, 1, 0, 2), new(FailCentralStore, 2, 17), new(RestoreCentralStore, 1, 8)]));

    [Fact]
    public void What_another_heard_of_an_ending_does_not_end_what_the_handle_got_since_the_store_went_back() => ProtocolWorld.Run(new ProtocolScenario(
        11, 3, 50, [new(Ask, 2, 0, 0), new(Round, 1), new(Release, 1, 0, 0), new(RestoreCentralStore, 2, 11), new(Round), new(Ask, 0, 0, 0)]));

    [Fact]
    public void A_handle_that_got_another_address_since_the_store_went_back_is_told() => ProtocolWorld.Run(new ProtocolScenario(
        17, 2, 50, [new(Ask, 1, 0, 1), new(AskCentralStore, 2, 0, 4), new(Round, 2), new(RestoreCentralStore, 0, 8), new(Ask, 0, 0, 4)]));

    [Fact]
    public void An_older_store_does_not_end_what_began_anew_since() => ProtocolWorld.Run(new ProtocolScenario(
        6, 2, 50, [new(Ask, 1, 0, 1), new(Release, 1, 0, 1), new(Ask, 1, 0, 1), new(Release, 2, 0, 5), new(RestoreReplica, 1, 3)]));

    [Fact]
    public void What_was_given_out_of_a_block_that_is_open_again_is_withheld() => ProtocolWorld.Run(new ProtocolScenario(
        16,
        1,
        50,
        [
            new(Ask, 0, 0, 5, 2, 0), new(Ask, 2, 0, 5), new(Ask, 2, 0, 3), new(Ask, 0, 0, 0), new(Round), new(Round, 1), new(Close, 0, 3), new(Ask, 2, 0, 3), new(Cut), new(Round, 2), new(Close, 1, 1),
            new(Release, 2, 0, 4), new(RestoreCentralStore, 1, 11), new(Round, 2),
        ]));

    private static void Run(int blockSize, params ProtocolStep[] steps) => ProtocolWorld.Run(new ProtocolScenario(14, blockSize, 0, steps));
}
