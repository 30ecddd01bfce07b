using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Adapters;

namespace MacSegmentation.Pcap;

public sealed class NearestNamesTests
{
    [Theory]
    [InlineData("eth1", "eth1", 0)]
    [InlineData("eht1", "eth1", 2)]
    [InlineData("ETH1", "eth1", 0)]
    [InlineData("eth", "eth10", 2)]
    [InlineData("", "lo", 2)]
    [InlineData("kitten", "sitting", 3)]
    public void Distance_is_the_number_of_edits(string left, string right, int expected) =>
        Assert.Equal(expected, NearestNames.Distance(left, right));

    [Fact]
    public void Distance_is_symmetric_and_bounded_by_the_lengths() =>
        Prop.ForAll<NonNull<string>, NonNull<string>>((left, right) =>
        {
            int distance = NearestNames.Distance(left.Get, right.Get);
            return distance == NearestNames.Distance(right.Get, left.Get)
                && distance >= Math.Abs(left.Get.Length - right.Get.Length)
                && distance <= Math.Max(left.Get.Length, right.Get.Length);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_nearest_come_first_and_strangers_not_at_all() =>
        Assert.Equal(["eth1", "eth0", "eth10"], NearestNames.Of("eht1", ["wlan0", "eth10", "eth0", "docker0", "eth1", "lo"]));
}
