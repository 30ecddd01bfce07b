using System.Diagnostics.CodeAnalysis;
using MacSegmentation.Units;

namespace MacSegmentation.Profiles;

/// <summary>
/// Loss in bursts, by the model of Gilbert (1960) and Elliott (1963): a link is in a good or a bad state, and may change it with each frame. The parameters are named as those of Linux's
/// netem (<c>loss gemodel p r 1-h 1-k</c>), and as a text stand in that sequence with commas between: <c>1%,10%,100%,0%</c>. The last two may be left out, as netem lets them: then
/// everything is lost in the bad state, and nothing in the good one.
/// </summary>
/// <param name="P">How often a good state turns bad; above 0 %.</param>
/// <param name="R">How often a bad state turns good; above 0 %.</param>
/// <param name="BadLoss">1-h: how many frames are lost in the bad state.</param>
/// <param name="GoodLoss">1-k: how many frames are lost in the good state.</param>
public sealed record BurstLoss(Percentage P, Percentage R, Percentage BadLoss, Percentage GoodLoss) : IParsable<BurstLoss>
{
    /// <summary>How many frames are lost in the long run.</summary>
    public double MeanLoss => ((P.Fraction * BadLoss.Fraction) + (R.Fraction * GoodLoss.Fraction)) / (P.Fraction + R.Fraction);

    /// <summary>Reads one.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none, or one of its shares is not right.</exception>
    public static BurstLoss Parse(string text) => Parse(text, provider: null);

    /// <inheritdoc/>
    public static BurstLoss Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var loss)
        ? loss
        : throw new FormatException($"'{s}' is not a loss in bursts. Give p and r, and if need be 1-h and 1-k, each in per cent and with commas between, such as 1%,10% or 1%,10%,100%,0%.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out BurstLoss result)
    {
        string[] parts = (s ?? string.Empty).Split(',');
        var shares = new List<Percentage>();
        foreach (string part in parts)
        {
            if (Percentage.TryParse(part, provider, out var share))
            {
                shares.Add(share);
            }
        }

        result = parts.Length is >= 2 and <= 4 && shares.Count == parts.Length
            ? new BurstLoss(shares[0], shares[1], shares.Count > 2 ? shares[2] : Percentage.All, shares.Count > 3 ? shares[3] : default)
            : null;
        return result is not null;
    }

    /// <summary>Its four shares.</summary>
    public override string ToString() => $"{P},{R},{BadLoss},{GoodLoss}";
}
