namespace MacSegmentation.Handles;

/// <summary>What is done about a few handles, of few instances, in two small pools.</summary>
internal sealed record HandleScenario(IReadOnlyList<HandleStep> Steps)
{
    public static HandleScenario Draw(int seed)
    {
        var random = new Random(seed);
        T Pick<T>(params T[] among) => among[random.Next(among.Length)];
        HandleStep Step() => new(
            Pick(HandleAction.Request, HandleAction.Request, HandleAction.Request, HandleAction.Request, HandleAction.Release, HandleAction.Release, HandleAction.Revoke, HandleAction.Allocate, HandleAction.Wait),
            random.Next(4),
            Pick(string.Empty, string.Empty, "a", "b", "B", "c"),
            Pick(10, 10, 10, 20),
            Pick(HandleIntent.None, HandleIntent.None, HandleIntent.None, HandleIntent.Replace, HandleIntent.Copy),
            Pick(-1, -1, random.Next(12)),
            random.Next(2) == 0,
            random.Next(6));
        return new HandleScenario([.. Enumerable.Range(0, random.Next(60)).Select(_ => Step())]);
    }

    /// <summary>What is left if steps are left out.</summary>
    public IEnumerable<HandleScenario> Shrink()
    {
        for (int length = Steps.Count / 2; length > 0; length /= 2)
        {
            for (int from = 0; from + length <= Steps.Count; from += length)
            {
                yield return new HandleScenario([.. Steps.Take(from), .. Steps.Skip(from + length)]);
            }
        }
    }

    public override string ToString() => $"\n{string.Join('\n', Steps)}";
}
