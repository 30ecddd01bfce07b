using MacSegmentation.Ports;

namespace MacSegmentation.Pcap;

/// <summary>How fast frames come, told by how many lay in the ring when the reader looked.</summary>
internal struct ArrivalPaceMeter
{
    /// <summary>Frames in a batch that show a load under which a sleeper is woken by the very next frame.</summary>
    private const int BusyBatch = 4;

    /// <summary>Frames in the longest batch: more are there.</summary>
    private const int FullBatch = 64;

    /// <summary>The pace of the last batch.</summary>
    internal ArrivalPace Pace { get; private set; }

    /// <summary>Takes in how many frames a batch had.</summary>
    internal void Note(int frames) => Pace = frames < BusyBatch ? ArrivalPace.Quiet : frames < FullBatch ? ArrivalPace.Busy : ArrivalPace.Full;
}
