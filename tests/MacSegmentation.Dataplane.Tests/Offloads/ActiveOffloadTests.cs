namespace MacSegmentation.Offloads;

public sealed class ActiveOffloadTests
{
    private const string WayOut = "Turn that off.";

    [Fact]
    public void An_enforcer_s_offloads_are_told_in_one_line_and_adapters_of_one_kind_together()
    {
        string? line = ActiveOffload.Describe(
            [
                new("eth1", "rx-gro", OffloadEffect.MergesFrames),
                new("eth1", "rx-lro", OffloadEffect.MergesFrames),
                new("eth1", "tx-checksum-ip-generic", OffloadEffect.LeavesFramesUnfinished),
                new("eth2", "rx-gro", OffloadEffect.MergesFrames),
                new("eth3", "tx-checksum-ip-generic", OffloadEffect.LeavesFramesUnfinished),
            ],
            WayOut);
        Assert.Equal(
            "Frames that arrive are merged on eth1 (rx-gro, rx-lro); the other end of eth1, eth3 leaves checksums or segments unfinished (tx-checksum-ip-generic); frames that arrive are merged on eth2 (rx-gro). Turn that off.",
            line);
    }

    [Fact]
    public void What_is_out_of_sight_has_a_way_out_of_its_own() =>
        Assert.DoesNotContain(WayOut, ActiveOffload.Describe([new("veth0", string.Empty, OffloadEffect.OutOfSight)], WayOut), StringComparison.Ordinal);

    [Fact]
    public void No_offload_is_no_line() => Assert.Null(ActiveOffload.Describe([], WayOut));
}
