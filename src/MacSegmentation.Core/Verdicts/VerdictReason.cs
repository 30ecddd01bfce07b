using System.Diagnostics.CodeAnalysis;

namespace MacSegmentation.Verdicts;

/// <summary>Why a frame was forwarded, denied or dropped. Nothing is ever discarded without one.</summary>
/// <remarks>
/// A reason belongs to the stage that gives it, and is defined there: there is no list of all. Its number tells it from the others within one process and
/// means nothing outside it; what is shown and saved is its name.
/// </remarks>
public readonly struct VerdictReason : IEquatable<VerdictReason>
{
    /// <summary>Reasons that can be defined: a verdict has room for so many.</summary>
    public const int Capacity = 64;

    private static readonly Lock Gate = new();
    private static readonly Definition[] Definitions = new Definition[Capacity];
    private static int count;

    private readonly byte number;

    private VerdictReason(int number) => this.number = (byte)number;

    /// <summary>A policy of the frame's VLAN matched.</summary>
    public static VerdictReason Policy { get; } = Define(nameof(Policy), "policy");

    /// <summary>No policy matched: the VLAN's default action.</summary>
    public static VerdictReason DefaultAction { get; } = Define(nameof(DefaultAction), "default action of the VLAN");

    /// <summary>The frame's VLAN is not in the store.</summary>
    public static VerdictReason UnknownVlan { get; } = Define(nameof(UnknownVlan), "VLAN not in the store");

    /// <summary>How many reasons are defined so far; their numbers are the lower ones.</summary>
    public static int Count => Volatile.Read(ref count);

    /// <summary>The reason's name, such as <c>StormLimit</c>.</summary>
    public string Name => Definitions[number].Name;

    /// <summary>The reason as part of a sentence, without a capital and a full stop.</summary>
    public string Description => Definitions[number].Text;

    /// <summary>What counters are kept by, 0 to <see cref="Capacity"/> − 1.</summary>
    public int Number => number;

    /// <summary>Defines a reason, once, by the stage that gives it.</summary>
    /// <param name="name">Its name, one word.</param>
    /// <param name="text">The reason as part of a sentence, without a capital and a full stop.</param>
    /// <exception cref="InvalidOperationException">The name is taken, or there are too many.</exception>
    public static VerdictReason Define(string name, string text)
    {
        lock (Gate)
        {
            if (Array.Exists(Definitions[..count], known => string.Equals(known.Name, name, StringComparison.Ordinal)))
            {
                throw new InvalidOperationException($"The reason {name} is defined twice.");
            }

            if (count == Capacity)
            {
                throw new InvalidOperationException($"There is no room for the reason {name}: {Capacity} are defined.");
            }

            Definitions[count] = new Definition(name, text);
            var defined = new VerdictReason(count);
            Volatile.Write(ref count, count + 1);
            return defined;
        }
    }

    /// <summary>The reason of a name, or null if no stage of this process gives it.</summary>
    public static VerdictReason? Find(string name)
    {
        int found = Array.FindIndex(Definitions, 0, Count, known => string.Equals(known.Name, name, StringComparison.Ordinal));
        return found < 0 ? null : new VerdictReason(found);
    }

    /// <summary>The reason of a number.</summary>
    /// <param name="number">Less than <see cref="Count"/>.</param>
    public static VerdictReason Of(int number) => new(number);

    /// <inheritdoc/>
    public bool Equals(VerdictReason other) => number == other.number;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is VerdictReason other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => number;

    /// <summary>The name.</summary>
    public override string ToString() => Name;

#pragma warning disable CS1591 // The operators say nothing that their signs do not.
    public static bool operator ==(VerdictReason left, VerdictReason right) => left.number == right.number;

    public static bool operator !=(VerdictReason left, VerdictReason right) => left.number != right.number;
#pragma warning restore CS1591

    private readonly record struct Definition(string Name, string Text);
}
