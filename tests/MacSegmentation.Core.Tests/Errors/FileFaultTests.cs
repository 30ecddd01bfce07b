namespace MacSegmentation.Errors;

public sealed class FileFaultTests
{
    /// <summary>Windows' codes as HRESULTs and Linux' as .NET hands them on: the meaning of each is the same on every system.</summary>
    [Theory]
    [InlineData(unchecked((int)0x8007007B), MacErrorKind.InvalidArgument, "no such name")]
    [InlineData(unchecked((int)0x8007010B), MacErrorKind.InvalidArgument, "no such name")]
    [InlineData(unchecked((int)0x800700CE), MacErrorKind.InvalidArgument, "too long")]
    [InlineData(36, MacErrorKind.InvalidArgument, "too long")]
    [InlineData(unchecked((int)0x80070020), MacErrorKind.InUse, "another program")]
    [InlineData(unchecked((int)0x80070021), MacErrorKind.InUse, "another program")]
    [InlineData(11, MacErrorKind.InUse, "another program")]
    [InlineData(30, MacErrorKind.PermissionDenied, "read-only")]
    [InlineData(unchecked((int)0x80070013), MacErrorKind.PermissionDenied, "read-only")]
    [InlineData(28, MacErrorKind.Exhausted, "full")]
    [InlineData(unchecked((int)0x80070070), MacErrorKind.Exhausted, "full")]
    [InlineData(unchecked((int)0x80070035), MacErrorKind.Unavailable, "share")]
    [InlineData(5, MacErrorKind.Unavailable, "reason")]
    public void A_systems_code_has_one_meaning(int code, MacErrorKind kind, string reason)
    {
        var fault = FileFault.Of("a.json", new IOException("The reason.", code));
        Assert.Equal(kind, fault.Kind);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
        Assert.EndsWith(".", fault.WayOut, StringComparison.Ordinal);
        Assert.False(fault.Reason.EndsWith('.'));
    }

    [Fact]
    public void What_NET_tells_by_type_is_told_by_kind()
    {
        Assert.Equal(MacErrorKind.NotFound, FileFault.Of("a", new FileNotFoundException()).Kind);
        Assert.Equal(MacErrorKind.NotFound, FileFault.Of("a", new DirectoryNotFoundException()).Kind);
        Assert.Equal(MacErrorKind.PermissionDenied, FileFault.Of("a", new UnauthorizedAccessException()).Kind);
        Assert.Equal(MacErrorKind.InvalidArgument, FileFault.Of(Path.GetTempPath(), new UnauthorizedAccessException()).Kind);
        Assert.Equal(MacErrorKind.InvalidArgument, FileFault.Of("a\0b", new NotSupportedException()).Kind);
        Assert.Equal(MacErrorKind.InvalidArgument, FileFault.Of("a", new PathTooLongException()).Kind);
    }

    [Theory]
    [InlineData(@"\\server\share\lab.db", "Mount")]
    [InlineData(@"C:\lab.db", "this system")]
    [InlineData("/srv/lab.db", null)]
    [InlineData(@"a\b.db", null)]
    [InlineData("c:lab.db", null)]
    public void A_path_of_Windows_is_none_elsewhere(string path, string? wayOut)
    {
        var fault = FileFault.OfForeign(path);
        Assert.Equal(OperatingSystem.IsWindows() || wayOut is null, fault is null);
        Assert.Contains(fault is null ? string.Empty : wayOut!, fault?.WayOut ?? string.Empty, StringComparison.Ordinal);
    }
}
