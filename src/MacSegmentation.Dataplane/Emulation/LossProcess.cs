using MacSegmentation.Profiles;

namespace MacSegmentation.Emulation;

/// <summary>Which frames are lost: each by itself, or in bursts by the model of Gilbert and Elliott (<see cref="BurstLoss"/>), as netem's <c>loss gemodel</c> does it.</summary>
/// <param name="random">What is drawn from.</param>
internal sealed class LossProcess(SeededRandom random)
{
    private double share;
    private BurstLoss? bursts;
    private bool isBad;

    /// <summary>Goes by a profile from the next frame on; a burst that is under way goes on.</summary>
    public void Use(LinkProfile link)
    {
        share = link.LossRate.Fraction;
        bursts = link.BurstLoss;
        isBad &= bursts is not null;
    }

    /// <summary>Goes by another share of loss from the next frame on.</summary>
    public void Follow(double told) => share = told;

    /// <summary>Decides over the next frame. A state decides over the frame that ends it, too.</summary>
    public bool Loses()
    {
        if (bursts is not { } model)
        {
            return random.Happens(share);
        }

        bool isLost = random.Happens((isBad ? model.BadLoss : model.GoodLoss).Fraction);
        if (random.Happens((isBad ? model.R : model.P).Fraction))
        {
            isBad = !isBad;
        }

        return isLost;
    }
}
