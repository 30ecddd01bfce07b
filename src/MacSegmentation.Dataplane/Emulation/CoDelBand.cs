namespace MacSegmentation.Emulation;

/// <summary>Frames leave as they came, under controlled delay.</summary>
internal sealed class CoDelBand(WaitingFrames frames) : FrameBand
{
    private SlotList list;
    private ControlledDelay delay;

    public override int Count => list.Count;

    public override long Octets => list.Octets;

    public override void Add(int slot, ReadOnlySpan<byte> bytes) => list.Add(frames.All, slot);

    public override int Peek() => list.First;

    public override int Take(long now) => delay.Take(frames, ref list, list.Octets, now);

    public override IEnumerable<int> ListSlots() => list.ListSlots(frames.All);
}
