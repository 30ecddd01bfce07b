namespace MacSegmentation.Providers;

/// <summary>What the rules of providers ask about what is built on them.</summary>
public interface IProviderUses
{
    /// <summary>How many blocks a provider has that are not closed, and how many addresses of them are given out.</summary>
    (int Blocks, long Addresses) CountBlocks(string provider);
}
