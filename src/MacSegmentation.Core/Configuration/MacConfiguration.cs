using MacSegmentation.Documents;
using MacSegmentation.Errors;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores;

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
    internal DocumentText? Text { get; init; }

    /// <summary>Its members: a list of each concept that belongs to no other.</summary>
    internal static DocumentObject<MacConfiguration> Document { get; } = new DocumentObject<MacConfiguration>(definition: null, "the document", new() { Vlans = [] })
        .RequiredList("vlans", "The VLANs, in any order, each once.", VlanConfiguration.Document, document => document.Vlans, (document, vlans) => document with { Vlans = vlans })
        .List(
            "securityGroups",
            "The security groups, in any order, each once. Interfaces name those that they are members of.",
            SecurityGroupConfiguration.Document,
            document => document.SecurityGroups,
            (document, groups) => document with { SecurityGroups = groups })
        .Optional("$schema", "Where this schema is, for editors.", new TextType(), _ => null, (document, _) => document);

    /// <summary>What a document says of a store.</summary>
    internal static MacConfiguration Read(IStoreReader store) => new()
    {
        Vlans = [.. store.ListVlans().Select(vlan => VlanConfiguration.Read(store, vlan))],
        SecurityGroups = [.. store.ListSecurityGroups().Select(SecurityGroupConfiguration.Of)],
    };

    /// <summary>Reads a document from JSON. Comments and trailing commas are allowed; unknown members, duplicates and wrong types are not.</summary>
    /// <param name="utf8">The text in UTF-8, with or without a byte order mark.</param>
    /// <param name="sourceName">What to call the text in errors, such as the file's path.</param>
    /// <exception cref="MacSegmentationException">ConfigurationInvalid: with the line, the column and the path of what is wrong.</exception>
    public static MacConfiguration Parse(ReadOnlyMemory<byte> utf8, string sourceName)
    {
        var text = new DocumentText(sourceName, utf8);
        return new DocumentReader(text).ReadDocument(Document, """{ "vlans": [] }""") with { Text = text };
    }

    /// <summary>The document as indented JSON with one line feed at its end, the same on every system.</summary>
    public string ToJson() => DocumentJson.Write(json => Document.Write(json, this));
}
