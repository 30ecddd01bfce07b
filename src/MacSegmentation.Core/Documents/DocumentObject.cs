using System.Text.Json;
using MacSegmentation.Errors;

namespace MacSegmentation.Documents;

/// <summary>
/// A kind of object in the document and its members, each described once: from here come how it is read and written, when two are the same, where an error stands, and
/// what the schema says. Members are written in the sequence in which they are described.
/// </summary>
/// <typeparam name="T">The object: a record, of which members make changed copies.</typeparam>
/// <param name="definition">Its name in the schema's definitions, or null for the document itself.</param>
/// <param name="noun">What the object is called in errors.</param>
/// <param name="blank">An object whose members have their defaults.</param>
internal sealed class DocumentObject<T>(string? definition, string noun, T blank) : DocumentType<T>
    where T : class
{
    private readonly List<DocumentMember<T>> members = [];

    /// <inheritdoc/>
    public override string? Definition { get; init; } = definition;

    /// <summary>What the object is called in errors.</summary>
    public string Noun => noun;

    /// <summary>The members, as they are written.</summary>
    public IReadOnlyList<DocumentMember<T>> Members => members;

    /// <summary>The members as errors list them: the required ones first.</summary>
    public IEnumerable<string> Known => members.OrderBy(member => !member.IsRequired).Select(member => member.Name);

    /// <inheritdoc/>
    public override IEnumerable<DocumentType> Parts => members.Select(member => member.Type);

    /// <summary>A member that the document must have.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is, for the schema.</param>
    /// <param name="type">What its value is.</param>
    /// <param name="get">Its value in an object.</param>
    /// <param name="set">The object with another value.</param>
    /// <param name="errors">The ids of the domain's errors that are about it.</param>
    public DocumentObject<T> Required<TValue>(string name, string description, DocumentType<TValue> type, Func<T, TValue?> get, Func<T, TValue, T> set, params string[] errors) =>
        Add(new DocumentMember<T, TValue>(name, isRequired: true, description, type, get, set) { Errors = errors, IsAlwaysWritten = true });

    /// <summary>A member that the document may have; without it, the value is that of the blank object.</summary>
    /// <inheritdoc cref="Required"/>
    public DocumentObject<T> Optional<TValue>(string name, string description, DocumentType<TValue> type, Func<T, TValue?> get, Func<T, TValue, T> set, params string[] errors) =>
        Add(new DocumentMember<T, TValue>(name, isRequired: false, description, type, get, set) { Errors = errors });

    /// <summary>A member that the document may have, also by the name that it had before.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="formerName">The name that it had before: read, but never written.</param>
    /// <param name="description">What it is, for the schema.</param>
    /// <param name="type">What its value is.</param>
    /// <param name="get">Its value in an object.</param>
    /// <param name="set">The object with another value.</param>
    public DocumentObject<T> Renamed<TValue>(string name, string formerName, string description, DocumentType<TValue> type, Func<T, TValue?> get, Func<T, TValue, T> set) =>
        Add(new DocumentMember<T, TValue>(name, isRequired: false, description, type, get, set) { FormerName = formerName });

    /// <summary>A member that the document may have; without it, there is no value.</summary>
    /// <inheritdoc cref="Required"/>
    public DocumentObject<T> Optional<TValue>(string name, string description, DocumentType<TValue> type, Func<T, TValue?> get, Func<T, TValue, T> set, params string[] errors)
        where TValue : struct =>
        Add(new DocumentMember<T, TValue?>(name, isRequired: false, description, new OptionalType<TValue>(type) { Definition = type.Definition }, get, (owner, value) => set(owner, value!.Value)) { Errors = errors });

    /// <summary>A member that the document may have and that is written in any case, because people look for it.</summary>
    /// <inheritdoc cref="Required"/>
    public DocumentObject<T> Shown<TValue>(string name, string description, DocumentType<TValue> type, Func<T, TValue?> get, Func<T, TValue, T> set) =>
        Add(new DocumentMember<T, TValue>(name, isRequired: false, description, type, get, set) { IsAlwaysWritten = true });

    /// <summary>A list that the document may have.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is, for the schema.</param>
    /// <param name="item">What its items are.</param>
    /// <param name="get">The items in an object.</param>
    /// <param name="set">The object with other items.</param>
    /// <param name="findItem">The item that an error is about, or null.</param>
    /// <param name="isShown">Whether it is written although it is empty.</param>
    /// <param name="maxItems">How many items it can have.</param>
    public DocumentObject<T> List<TItem>(
        string name,
        string description,
        DocumentType<TItem> item,
        Func<T, IReadOnlyList<TItem>> get,
        Func<T, IReadOnlyList<TItem>, T> set,
        Func<T, MacSegmentationException, int?>? findItem = null,
        bool isShown = false,
        int? maxItems = null) => Add(new DocumentMember<T, IReadOnlyList<TItem>>(name, isRequired: false, description, new ListType<TItem>(item) { MaxItems = maxItems }, get, set)
        {
            FindItem = findItem ?? ((_, _) => null),
            IsAlwaysWritten = isShown,
        });

    /// <summary>A list that the document must have.</summary>
    /// <inheritdoc cref="List"/>
    public DocumentObject<T> RequiredList<TItem>(string name, string description, DocumentType<TItem> item, Func<T, IReadOnlyList<TItem>> get, Func<T, IReadOnlyList<TItem>, T> set) =>
        Add(new DocumentMember<T, IReadOnlyList<TItem>>(name, isRequired: true, description, new ListType<TItem>(item), get, set) { IsAlwaysWritten = true });

    /// <inheritdoc/>
    public override T Read(ref DocumentReader reader) => reader.ReadObject(this, blank);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, T value)
    {
        json.WriteStartObject();
        foreach (var member in members)
        {
            member.Write(json, value, blank);
        }

        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override bool AreSame(T? one, T? other) => ReferenceEquals(one, other) || (one is not null && other is not null && members.TrueForAll(member => member.AreSame(one, other)));

    /// <summary>What an error about an object is about: the path of its member, or null for the object as a whole.</summary>
    public string? FindMember(T value, MacSegmentationException error) => members.Select(member => member.Find(value, blank, error)).FirstOrDefault(path => path is not null);

    /// <inheritdoc/>
    public override void Describe(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "object");
        schema.WriteBoolean("additionalProperties", false);
        schema.WriteStartArray("required");
        foreach (var member in members.Where(member => member.IsRequired))
        {
            schema.WriteStringValue(member.Name);
        }

        schema.WriteEndArray();
        schema.WriteStartObject("properties");
        foreach (var member in members)
        {
            member.Describe(schema, blank);
        }

        schema.WriteEndObject();
    }

    /// <summary>Adds a member.</summary>
    public DocumentObject<T> Add(DocumentMember<T> member)
    {
        members.Add(member);
        return this;
    }
}
