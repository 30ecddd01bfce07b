using System.Text.Json;
using MacSegmentation.Errors;

namespace MacSegmentation.Configuration;

/// <summary>
/// The declarative document: every VLAN with its ranges, allocations, policies and interface records, and every security group. What it
/// does not name does not exist in a store that equals it.
/// </summary>
public sealed record MacConfiguration
{
    /// <summary>The VLANs, in any order, each once.</summary>
    public required IReadOnlyList<VlanConfiguration> Vlans { get; init; }

    /// <summary>The security groups, in any order, each once.</summary>
    public IReadOnlyList<SecurityGroupConfiguration> SecurityGroups { get; init; } = [];

    /// <summary>Where the document was read from, or null if it was made in memory.</summary>
    internal ConfigurationText? Text { get; init; }

    /// <summary>Reads a document from JSON. Comments and trailing commas are allowed; unknown members, duplicates and wrong types are not.</summary>
    /// <param name="utf8">The text in UTF-8, with or without a byte order mark.</param>
    /// <param name="sourceName">What to call the text in errors, such as the file's path.</param>
    /// <exception cref="MacSegmentationException">ConfigurationInvalid: with the line, the column and the path of what is wrong.</exception>
    public static MacConfiguration Parse(ReadOnlyMemory<byte> utf8, string sourceName) =>
        new ConfigurationReader(new ConfigurationText(sourceName, utf8)).ReadDocument();

    /// <summary>The document as indented JSON with one line feed at its end, the same on every system.</summary>
    public string ToJson() => ConfigurationWriter.Write(this);

    /// <summary>An error in the document, with the place where it stands.</summary>
    internal MacSegmentationException Wrong(string path, string errorId, MacErrorKind kind, string sentence, object? target, Exception? inner = null) =>
        new(errorId, kind, $"{Text?.Describe(path) ?? path}: {sentence}", target ?? path, inner);
}
