using System.Reflection;
using MacSegmentation.Errors;
using MacSegmentation.Stores;

namespace MacSegmentation.ProfileRules;

/// <summary>A store that can be away: then every change fails, as that of a server out of reach.</summary>
#pragma warning disable CA1852 // DispatchProxy makes a subtype of it.
internal class AwayStore : DispatchProxy
#pragma warning restore CA1852
{
    private IMacStore? inner;

    /// <summary>True while it is away.</summary>
    public bool IsAway { get; set; }

    /// <summary>How often it was asked for a change while it was away.</summary>
    public int Refused { get; private set; }

    public static (IMacStore Store, AwayStore Control) Over(IMacStore store)
    {
        var made = Create<IMacStore, AwayStore>();
        var control = (AwayStore)(object)made;
        control.inner = store;
        return (made, control);
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (IsAway && targetMethod!.Name.StartsWith("Write", StringComparison.Ordinal))
        {
            Refused++;
            throw new MacSegmentationException("StoreUnreachable", MacErrorKind.Unavailable, "The store is away.", target: null);
        }

        return targetMethod!.Invoke(inner, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
    }
}
