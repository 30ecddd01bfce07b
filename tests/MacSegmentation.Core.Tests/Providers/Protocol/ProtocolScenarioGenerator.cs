namespace MacSegmentation.Providers.Protocol;

/// <summary>Draws scenarios of a small world, where everything meets everything: few addresses, few handles, three sites.</summary>
internal sealed class ProtocolScenarioGenerator(Random random)
{
    private const int Devices = 6;

    // How often what happens.
    private static readonly (ProtocolAction Action, int Weight)[] Usual =
    [
        (ProtocolAction.Ask, 30), (ProtocolAction.AskTwice, 6), (ProtocolAction.Release, 12), (ProtocolAction.AskCentralStore, 2), (ProtocolAction.ReleaseInCentralStore, 2),
        (ProtocolAction.Revoke, 3), (ProtocolAction.Grant, 3), (ProtocolAction.Recall, 4), (ProtocolAction.Close, 3), (ProtocolAction.Cut, 5), (ProtocolAction.Join, 6),
        (ProtocolAction.Restart, 2), (ProtocolAction.Round, 14), (ProtocolAction.FailCentralStore, 8), (ProtocolAction.FailReplica, 6), (ProtocolAction.Wait, 3),
        (ProtocolAction.RestoreCentralStore, 2), (ProtocolAction.RestoreReplica, 2),
    ];

    public static ProtocolScenario Draw(int seed) => new ProtocolScenarioGenerator(new Random(seed)).Draw();

    private ProtocolScenario Draw()
    {
        // Now and then nothing disturbs, or nobody takes blocks away: rules that hold only then are tried too.
        bool isUndisturbed = random.Next(6) == 0;
        bool isLeftAlone = random.Next(3) == 0;
        bool isKept = isUndisturbed || random.Next(2) == 0;
        var actions = Usual.Where(usual =>
                !(isUndisturbed && usual.Action is ProtocolAction.Cut or ProtocolAction.FailCentralStore or ProtocolAction.FailReplica)
                && !(isLeftAlone && usual.Action is ProtocolAction.Close or ProtocolAction.Recall or ProtocolAction.Revoke))
            .Where(usual => !(isKept && usual.Action is ProtocolAction.RestoreCentralStore or ProtocolAction.RestoreReplica))
            .ToArray();
        return new ProtocolScenario(
            random.Next(6, 20),
            random.Next(1, 4),
            random.Next(2) == 0 ? 0 : 50,
            [.. Enumerable.Range(0, random.Next(5, 40)).Select(_ => Step(actions))]);
    }

    private ProtocolStep Step((ProtocolAction Action, int Weight)[] actions)
    {
        int at = random.Next(actions.Sum(action => action.Weight));
        var action = actions.First(action => (at -= action.Weight) < 0).Action;
        int number = action switch
        {
            ProtocolAction.Revoke or ProtocolAction.Restart => random.Next(2),
            ProtocolAction.Grant => random.Next(1, 5),
            ProtocolAction.Recall => random.Next(20),
            ProtocolAction.Close => random.Next(10),
            ProtocolAction.FailCentralStore or ProtocolAction.FailReplica => random.Next(random.Next(2) == 0 ? 4 : 20),
            ProtocolAction.RestoreCentralStore or ProtocolAction.RestoreReplica => random.Next(1, 12),
            ProtocolAction.Wait => random.Next(3) == 0 ? 25 : 1,
            _ => 0,
        };
        int devices = action is ProtocolAction.Ask && random.Next(3) == 0 ? 3 : 1;
        return new ProtocolStep(action, random.Next(ProtocolWorld.Sites), number, [.. Enumerable.Range(0, devices).Select(_ => random.Next(Devices)).Distinct()]);
    }
}
