using MacSegmentation.Examples;

namespace MacSegmentation.Captures;

public class ExampleTests
{
    [Fact]
    public void The_shipped_example_is_what_its_generator_makes()
    {
        using var folder = new TemporaryFolder();
        CamerasAndPlc.WriteCapture(folder.File(CamerasAndPlc.CaptureName));
        CamerasAndPlc.WriteConfiguration(folder.File(CamerasAndPlc.ConfigurationName));

        foreach (string name in new[] { CamerasAndPlc.CaptureName, CamerasAndPlc.ConfigurationName })
        {
            Assert.Equal(File.ReadAllBytes(folder.File(name)), File.ReadAllBytes(RepositoryFile.Path("docs", "examples", name)));
        }
    }
}
