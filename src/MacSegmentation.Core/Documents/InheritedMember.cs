using System.Text.Json;
using MacSegmentation.Errors;

namespace MacSegmentation.Documents;

/// <summary>A member that an object has because it is also another one: a member of <typeparamref name="TBase"/>, whose setter keeps the type.</summary>
/// <typeparam name="T">The object.</typeparam>
/// <typeparam name="TBase">What it is also.</typeparam>
internal sealed class InheritedMember<T, TBase>(DocumentMember<TBase> member) : DocumentMember<T>(member.Name, member.IsRequired)
    where T : class, TBase
    where TBase : class
{
    /// <inheritdoc/>
    public override DocumentType Type => member.Type;

    /// <inheritdoc/>
    public override T Read(ref DocumentReader reader, T owner) => (T)member.Read(ref reader, owner);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, T owner, T blank) => member.Write(json, owner, blank);

    /// <inheritdoc/>
    public override bool AreSame(T one, T other) => member.AreSame(one, other);

    /// <inheritdoc/>
    public override void Describe(Utf8JsonWriter schema, T blank) => member.Describe(schema, blank);

    /// <inheritdoc/>
    public override string? Find(T owner, T blank, MacSegmentationException error) => member.Find(owner, blank, error);
}
