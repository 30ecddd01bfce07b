using MacSegmentation.Captures;
using MacSegmentation.Lab.Network;
using MacSegmentation.Processes;

namespace MacSegmentation;

public sealed class LiveTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_live_enforcer_passes_frames_and_obeys_the_store()
    {
        using var segment = new Segment();
        LiveScenario.Run(TestProgram.Native, folder, segment);
    }

    [Fact]
    public void A_live_switch_holds_its_ports_to_their_records_and_says_who_holds_what() => SwitchScenario.Run(TestProgram.Native, folder);

    [Fact]
    public void An_interface_that_does_not_exist_is_named()
    {
        folder.Write("lab.json", """{ "vlans": [] }"""u8.ToArray());
        var result = TestProgram.Native.Run("enforce", "--config", folder.File("lab.json"), "--adapter", "nowhere0", "--adapter", "nowhere1");
        if (result.Error.Contains("[PcapMissing]", StringComparison.Ordinal))
        {
            Assert.Skip($"Interfaces need libpcap: {result.Error}");
        }

        Assert.Contains("nowhere0", result.Failed("AdapterNotFound"), StringComparison.Ordinal);
    }
}
