using System.Diagnostics;
using System.Text;
using MacSegmentation.Errors;

namespace MacSegmentation.Configuration;

public sealed class ConfigurationFileTests : IDisposable
{
    private static readonly MacConfiguration Document = new() { Vlans = [] };
    private readonly string folder = Directory.CreateTempSubdirectory("macseg-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void A_document_in_UTF16_is_named_and_the_way_out_told(string encoding)
    {
        string path = At("a.json");
        foreach (bool hasMark in new[] { true, false })
        {
            var given = Encoding.GetEncoding(encoding);
            File.WriteAllBytes(path, [.. hasMark ? given.Preamble.ToArray() : [], .. given.GetBytes(Document.ToJson())]);
            var error = Assert.Throws<MacSegmentationException>(() => ConfigurationFile.Read(path));
            Assert.Equal(("ConfigurationInvalid", MacErrorKind.InvalidData), (error.ErrorId, error.Kind));
            Assert.Contains("UTF-16", error.Message, StringComparison.Ordinal);
            Assert.Contains("-Encoding utf8", error.Message, StringComparison.Ordinal);
        }

        File.WriteAllText(path, Document.ToJson(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Empty(ConfigurationFile.Read(path).Vlans);
    }

    [Fact]
    public void A_file_that_is_replaced_keeps_its_mode()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
            return;
        }

        string path = At("a.json");
        File.WriteAllText(path, "old");
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(path, mode);
        ConfigurationFile.Write(path, Document);
        Assert.Equal(mode, File.GetUnixFileMode(path));
        Assert.Equal(Document.ToJson(), File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_goes_on_to_lead_to_what_is_written(bool exists)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets not everybody make links.");
        Directory.CreateDirectory(At("b"));
        string target = At("b/target.json");
        if (exists)
        {
            File.WriteAllText(target, "old");
        }

        File.CreateSymbolicLink(At("middle.json"), "b/target.json");
        File.CreateSymbolicLink(At("a.json"), At("middle.json"));
        ConfigurationFile.Write(At("a.json"), Document);
        Assert.Equal(Document.ToJson(), File.ReadAllText(target));
        Assert.Equal((At("middle.json"), "b/target.json"), (new FileInfo(At("a.json")).LinkTarget, new FileInfo(At("middle.json")).LinkTarget));
    }

    [Fact]
    public async Task A_pipe_is_written_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders.");
        string path = At("pipe");
        using (var made = Process.Start("mkfifo", [path]))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        // Whoever opens a pipe waits for its other end, on whichever side.
        var reading = Task.Run(() => File.ReadAllText(path), TestContext.Current.CancellationToken);
        ConfigurationFile.Write(path, Document);
        Assert.Equal(Document.ToJson(), await reading);
        Assert.Throws<MacSegmentationException>(() => ConfigurationFile.RequireNew(path));
    }

    [Fact]
    public void A_device_is_written_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no such path on Windows.");
        ConfigurationFile.Write("/dev/null", Document);
        Assert.Empty(File.ReadAllBytes("/dev/null"));
        File.CreateSymbolicLink(At("a.json"), "/dev/null");
        ConfigurationFile.Write(At("a.json"), Document);
        Assert.Equal("/dev/null", new FileInfo(At("a.json")).LinkTarget);
        Assert.Equal([At("a.json")], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void What_cannot_be_written_is_told_by_its_kind()
    {
        Assert.Equal(MacErrorKind.NotFound, Fails(At("no/such.json")));
        Assert.Equal(MacErrorKind.InvalidArgument, Fails(folder));
        Assert.Equal(MacErrorKind.InvalidArgument, Fails(At("a\0b")));
        if (!OperatingSystem.IsWindows())
        {
            // Windows may say of a long name that its path does not exist.
            Assert.Equal(MacErrorKind.InvalidArgument, Fails(At(new string('a', 300))));
            Assert.Equal(MacErrorKind.InvalidArgument, Fails(@"\\server\share\a.json"));
        }

        static MacErrorKind Fails(string path)
        {
            var error = Assert.Throws<MacSegmentationException>(() => ConfigurationFile.Write(path, Document));
            Assert.Equal("ConfigurationUnwritable", error.ErrorId);
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            return error.Kind;
        }
    }

    private string At(string name) => Path.Join(folder, name);
}
