using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.Counting;

/// <summary>What went by the port of an interface record since the enforcer's start.</summary>
/// <param name="Port">The port's place.</param>
/// <param name="Record">The record.</param>
/// <param name="FramesIn">Frames that came from its machine.</param>
/// <param name="BytesIn">Their octets.</param>
/// <param name="FramesSent">Frames that went to it.</param>
/// <param name="BytesSent">Their octets.</param>
internal readonly record struct NicCounts(int Port, MacInterface Record, long FramesIn, long BytesIn, long FramesSent, long BytesSent);
