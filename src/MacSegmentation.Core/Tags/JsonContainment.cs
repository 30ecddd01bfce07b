using System.Text.Json;

namespace MacSegmentation.Tags;

/// <summary>
/// Whether a JSON value has in it what another one says: an object each of its members, an array each of its elements at any place, anything else itself (as
/// PostgreSQL's <c>@&gt;</c> for jsonb says it, without its exception for a scalar in an array).
/// </summary>
internal static class JsonContainment
{
    /// <summary>True if the value has in it what the pattern says.</summary>
    public static bool Contains(JsonElement value, JsonElement pattern) => (value.ValueKind, pattern.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => ContainsMembers(value, pattern),
        (JsonValueKind.Array, JsonValueKind.Array) => pattern.EnumerateArray().All(element => value.EnumerateArray().Any(own => Contains(own, element))),
        _ => JsonElement.DeepEquals(value, pattern),
    };

    /// <summary>True if the value has a member wherever the pattern has one, whatever is in it.</summary>
    public static bool HasMembersOf(JsonElement value, JsonElement pattern) => (value.ValueKind, pattern.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => pattern.EnumerateObject().All(member => value.TryGetProperty(member.Name, out var own) && HasMembersOf(own, member.Value)),
        (JsonValueKind.Array, JsonValueKind.Array) => true,
        _ => pattern.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array),
    };

    /// <summary>A loop: each pattern is asked of each tag, millions of times.</summary>
    private static bool ContainsMembers(JsonElement value, JsonElement pattern)
    {
        foreach (var member in pattern.EnumerateObject())
        {
            if (!value.TryGetProperty(member.Name, out var own) || !Contains(own, member.Value))
            {
                return false;
            }
        }

        return true;
    }
}
