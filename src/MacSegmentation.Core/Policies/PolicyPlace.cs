namespace MacSegmentation.Policies;

/// <summary>Where in a VLAN's list a policy goes.</summary>
public sealed record PolicyPlace
{
    private PolicyPlace(int? before, int? after, bool isFirst)
    {
        BeforeOrder = before;
        AfterOrder = after;
        IsFirst = isFirst;
    }

    /// <summary>In front of all others.</summary>
    public static PolicyPlace First { get; } = new(before: null, after: null, isFirst: true);

    /// <summary>Behind all others.</summary>
    public static PolicyPlace Last { get; } = new(before: null, after: null, isFirst: false);

    /// <summary>The order of the policy that it goes directly in front of, or null.</summary>
    public int? BeforeOrder { get; }

    /// <summary>The order of the policy that it goes directly behind, or null.</summary>
    public int? AfterOrder { get; }

    /// <summary>True if it goes in front of all others.</summary>
    public bool IsFirst { get; }

    /// <summary>Directly in front of a policy of the list.</summary>
    /// <param name="order">That policy's order.</param>
    public static PolicyPlace Before(int order) => new(order, after: null, isFirst: false);

    /// <summary>Directly behind a policy of the list.</summary>
    /// <param name="order">That policy's order.</param>
    public static PolicyPlace After(int order) => new(before: null, order, isFirst: false);

    /// <summary>The place in words, such as <c>before order 20</c>.</summary>
    public override string ToString() => BeforeOrder is { } before ? $"before order {before}" : AfterOrder is { } after ? $"after order {after}" : IsFirst ? "first" : "last";
}
