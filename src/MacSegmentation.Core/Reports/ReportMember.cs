using System.Text.Json;

namespace MacSegmentation.Reports;

/// <summary>A member of what is told of a record: what it is called, of which type its value is, and how it is written.</summary>
/// <typeparam name="T">The record.</typeparam>
public sealed class ReportMember<T>
{
    private readonly Action<Utf8JsonWriter, T> write;

    internal ReportMember(string name, string property, Type type, Action<Utf8JsonWriter, T> write)
    {
        Name = name;
        Property = property;
        Type = type;
        this.write = write;
    }

    /// <summary>Its name in JSON.</summary>
    public string Name { get; }

    /// <summary>The property of the object that cmdlets write, in any case; with dots between where it is a property of a property.</summary>
    public string Property { get; }

    /// <summary>What its value is; of a list, what its items are.</summary>
    public Type Type { get; }

    /// <summary>Writes the member.</summary>
    /// <param name="json">Where.</param>
    /// <param name="record">The record.</param>
    public void Write(Utf8JsonWriter json, T record) => write(json, record);
}
