using System.Text;
using System.Text.Json;
using MacSegmentation.Errors;

namespace MacSegmentation.Documents;

/// <summary>A member of an object of the document.</summary>
/// <typeparam name="T">The object.</typeparam>
/// <param name="name">Its name.</param>
/// <param name="isRequired">Whether the document must have it.</param>
internal abstract class DocumentMember<T>(string name, bool isRequired)
    where T : class
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Its name as a reader compares it.</summary>
    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>The name that it had before, by which it is read still; null if it always had this one.</summary>
    public string? FormerName { get; init; }

    /// <summary>Whether the document must have it.</summary>
    public bool IsRequired { get; } = isRequired;

    /// <summary>What its value is.</summary>
    public abstract DocumentType Type { get; }

    /// <summary>Reads the value into the object.</summary>
    public abstract T Read(ref DocumentReader reader, T owner);

    /// <summary>Writes the member, unless it says what is said without it.</summary>
    public abstract void Write(Utf8JsonWriter json, T owner, T blank);

    /// <summary>True if two objects have the same value.</summary>
    public abstract bool AreSame(T one, T other);

    /// <summary>Writes what the schema says about it.</summary>
    public abstract void Describe(Utf8JsonWriter schema, T blank);

    /// <summary>What an error about the object is about, if it is about this member: its name, with the index of the item in a list.</summary>
    public abstract string? Find(T owner, T blank, MacSegmentationException error);
}

/// <summary>A member of an object of the document: all that is to be said about it.</summary>
/// <typeparam name="T">The object.</typeparam>
/// <typeparam name="TValue">Its value.</typeparam>
/// <param name="name">Its name.</param>
/// <param name="isRequired">Whether the document must have it.</param>
/// <param name="description">What it is, for the schema.</param>
/// <param name="type">What its value is.</param>
/// <param name="get">Its value in an object.</param>
/// <param name="set">The object with another value.</param>
internal sealed class DocumentMember<T, TValue>(string name, bool isRequired, string description, DocumentType<TValue> type, Func<T, TValue?> get, Func<T, TValue, T> set)
    : DocumentMember<T>(name, isRequired)
    where T : class
{
    /// <summary>Whether it is written although it has its default.</summary>
    public bool IsAlwaysWritten { get; init; }

    /// <summary>The ids of the domain's errors that are about it.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>The item of its list that an error is about, or null.</summary>
    public Func<T, MacSegmentationException, int?> FindItem { get; init; } = (_, _) => null;

    /// <inheritdoc/>
    public override DocumentType Type => type;

    /// <inheritdoc/>
    public override T Read(ref DocumentReader reader, T owner)
    {
        var value = type.Read(ref reader);

        // To callers of the domain the empty text says that there is none; a document says so by leaving the member out.
        return IsRequired || type is not TextType { MinLength: > 0 } || !type.IsNone(value) ? set(owner, value) : throw reader.Wrong($"\"{Name}\" is empty. Leave it out, or say which.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, T owner, T blank)
    {
        if (get(owner) is { } value && (IsAlwaysWritten || IsGiven(owner, blank)))
        {
            json.WritePropertyName(Name);
            type.Write(json, value);
        }
    }

    /// <inheritdoc/>
    public override bool AreSame(T one, T other) => type.AreSame(get(one), get(other));

    /// <inheritdoc/>
    public override void Describe(Utf8JsonWriter schema, T blank)
    {
        schema.WriteStartObject(Name);
        schema.WriteString("description", description);
        type.Refer(schema);
        if (!IsRequired && get(blank) is { } value && !type.IsNone(value))
        {
            schema.WritePropertyName("default");
            type.Write(schema, value);
        }

        schema.WriteEndObject();
        if (FormerName is not null)
        {
            schema.WriteStartObject(FormerName);
            schema.WriteString("description", $"The former name of {Name}.");
            schema.WriteBoolean("deprecated", value: true);
            type.Refer(schema);
            schema.WriteEndObject();
        }
    }

    /// <inheritdoc/>
    public override string? Find(T owner, T blank, MacSegmentationException error) =>
        FindItem(owner, error) is { } index ? $"{Name}[{index}]"
        : Errors.Contains(error.ErrorId, StringComparer.Ordinal) && IsGiven(owner, blank) ? Name
        : null;

    private bool IsGiven(T owner, T blank) => IsRequired || !type.AreSame(get(owner), get(blank));
}
