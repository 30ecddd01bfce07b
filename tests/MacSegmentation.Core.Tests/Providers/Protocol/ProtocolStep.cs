namespace MacSegmentation.Providers.Protocol;

/// <summary>Something that happens, to whom it concerns.</summary>
internal sealed record ProtocolStep(ProtocolAction Action, int Site = 0, int Number = 0, params int[] Devices)
{
    /// <summary>The same with less of it.</summary>
    public IEnumerable<ProtocolStep> Shrink()
    {
        if (Devices.Length > 1)
        {
            yield return this with { Devices = Devices[..1] };
            yield return this with { Devices = Devices[1..] };
        }

        if (Action is ProtocolAction.AskTwice)
        {
            yield return this with { Action = ProtocolAction.Ask };
        }
    }

    public override string ToString() => $"{Action} site {Site}, number {Number}, devices {string.Join(' ', Devices)}";
}
