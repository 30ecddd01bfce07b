namespace MacSegmentation.Emulation;

/// <summary>Frames leave as they came.</summary>
internal sealed class PlainBand(WaitingFrames frames) : FrameBand
{
    private SlotList list;

    public override int Count => list.Count;

    public override long Octets => list.Octets;

    public override void Add(int slot, ReadOnlySpan<byte> bytes) => list.Add(frames.All, slot);

    public override int Peek() => list.First;

    public override int Take(long now) => list.Take(frames.All);

    public override IEnumerable<int> ListSlots() => list.ListSlots(frames.All);
}
