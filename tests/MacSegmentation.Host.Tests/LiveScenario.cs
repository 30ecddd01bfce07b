using System.Diagnostics;
using System.Text;
using MacSegmentation.Captures;
using MacSegmentation.Lab.Network;
using MacSegmentation.Processes;

namespace MacSegmentation;

/// <summary>macseg between two hosts: traffic passes, a policy stops it while macseg runs, and an interrupt ends macseg.</summary>
internal static class LiveScenario
{
    private const string Open = """{ "vlans": [ { "id": 1 } ] }""";
    private const string Closed = """{ "vlans": [ { "id": 1, "policies": [ { "source": "*", "destination": "*", "action": "Deny" } ] } ] }""";

    /// <summary>Runs it.</summary>
    /// <param name="macseg">The program.</param>
    /// <param name="folder">Where its store is.</param>
    /// <param name="segment">The hosts.</param>
    /// <param name="mayBeUnable">True where the system's pcap may not be up to it: then the test is skipped with what macseg says.</param>
    public static void Run(TestProgram macseg, TemporaryFolder folder, Segment segment, bool mayBeUnable = false)
    {
        segment.AssignAddresses();
        var inMiddle = macseg.After("ip", "netns", "exec", segment.Middle.Name, "env", "--default-signal");
        Apply(Open);

        using var process = inMiddle.Start(folder.File(""), "enforce", "--store", "lab.db", "--adapter", "p1", "--adapter", "p2");
        try
        {
            var error = new ProcessLines(process.StandardError);
            var output = new ProcessLines(process.StandardOutput);
            Deadline.Await("macseg enforces", () => error.Contain("Enforcing between p1 and p2 by revision 1.") || process.HasExited, 60);
            Assert.SkipWhen(mayBeUnable && process.HasExited, $"The system's pcap does not allow it: {error}");

            Deadline.Await("host B answers", () => Answers() == 1, 20);
            Assert.Equal(10, segment.HostA.Ping(Segment.AddressOfB, 10, 10).Count);
            Apply(Closed);
            Deadline.Await("the policy stops the traffic", () => Answers() == 0, 20);
            Deadline.Await("the denial is told", () => output.Contain("denied"), 20);
            Apply(Open);
            Deadline.Await("host B answers again", () => Answers() == 1, 20);

            Command.Run("kill", "-INT", $"{process.Id}");
            Assert.True(process.WaitForExit(TimeSpan.FromSeconds(20)), "An interrupt did not end macseg.");
            Deadline.Await("the report is written", () => output.Contain("denied") && output.Contain("policy 10: * -> * Deny"));
            Assert.True(process.ExitCode == 0, $"{process.ExitCode}: {error}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        int Answers() => segment.HostA.Ping(Segment.AddressOfB, 1, 1).Count;

        void Apply(string document)
        {
            folder.Write("lab.json", Encoding.UTF8.GetBytes(document));
            inMiddle.RunIn(folder.File(""), "apply", "lab.json", "--store", "lab.db").Succeeded();
        }
    }
}
