using MacSegmentation.Units;

namespace MacSegmentation.Profiles;

/// <summary>
/// Loss in bursts, by the model of Gilbert (1960) and Elliott (1963): a link is in a good or a bad state, and may change it with each frame. The parameters are named as those of Linux's
/// netem (<c>loss gemodel p r 1-h 1-k</c>).
/// </summary>
/// <param name="P">How often a good state turns bad; above 0 %.</param>
/// <param name="R">How often a bad state turns good; above 0 %.</param>
/// <param name="BadLoss">1-h: how many frames are lost in the bad state.</param>
/// <param name="GoodLoss">1-k: how many frames are lost in the good state.</param>
public sealed record BurstLoss(Percentage P, Percentage R, Percentage BadLoss, Percentage GoodLoss)
{
    /// <summary>How many frames are lost in the long run.</summary>
    public double MeanLoss => ((P.Fraction * BadLoss.Fraction) + (R.Fraction * GoodLoss.Fraction)) / (P.Fraction + R.Fraction);
}
