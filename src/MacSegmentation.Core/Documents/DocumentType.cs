using System.Text.Json;

namespace MacSegmentation.Documents;

/// <summary>What a value of the document is, as the schema says it.</summary>
internal abstract class DocumentType
{
    /// <summary>The name of its definition in the schema if several members share it, else null.</summary>
    public virtual string? Definition { get; init; }

    /// <summary>The types that it is made of.</summary>
    public virtual IEnumerable<DocumentType> Parts => [];

    /// <summary>Writes what the schema says about it, as members.</summary>
    public abstract void Describe(Utf8JsonWriter schema);

    /// <summary>Writes what the schema says about it, or where it says so.</summary>
    public void Refer(Utf8JsonWriter schema)
    {
        if (Definition is null)
        {
            Describe(schema);
        }
        else
        {
            schema.WriteString("$ref", $"#/$defs/{Definition}");
        }
    }
}

/// <summary>What a value of the document is: how it is read, written and compared.</summary>
/// <typeparam name="T">The value.</typeparam>
internal abstract class DocumentType<T> : DocumentType
{
    /// <summary>Reads the value at which the reader stands.</summary>
    public abstract T Read(ref DocumentReader reader);

    /// <summary>Writes the value.</summary>
    public abstract void Write(Utf8JsonWriter json, T value);

    /// <summary>True if two values are the same.</summary>
    public virtual bool AreSame(T? one, T? other) => EqualityComparer<T>.Default.Equals(one, other);

    /// <summary>True if the value is none, of which the schema says nothing where it is a default.</summary>
    public virtual bool IsNone(T? value) => value is null;
}
