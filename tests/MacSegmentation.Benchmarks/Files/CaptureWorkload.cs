using System.Buffers.Binary;
using MacSegmentation.Addressing;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Benchmarks.Files;

/// <summary>Hosts that send untagged frames to each other at random, and the policies that name some of them.</summary>
internal sealed class CaptureWorkload
{
    private const int NativeVlan = 1;
    private const int FileHeaderLength = 24;
    private const int RecordHeaderLength = 16;

    private readonly Random random;

    public CaptureWorkload(int seed, int hosts)
    {
        random = new Random(seed);
        Addresses = [.. Enumerable.Range(0, hosts).Select(_ => new MacAddress((ulong)random.NextInt64(1L << 40) | 0x0200_0000_0000)).Distinct()];
    }

    /// <summary>The hosts.</summary>
    public IReadOnlyList<MacAddress> Addresses { get; }

    /// <summary>A document whose native VLAN treats these sources so.</summary>
    public static string ConfigurationOf(IEnumerable<MacAddress> sources, PolicyAction action)
    {
        var policies = sources.Select((source, i) => $$"""{ "order": {{i + 1}}, "source": "{{source}}", "destination": "*", "action": "{{action}}" }""");
        return $$"""{ "vlans": [ { "id": {{NativeVlan}}, "policies": [ {{string.Join(",\n", policies)}} ] } ] }""";
    }

    /// <summary>Writes a capture in the plain form of pcap: this machine's byte order, microseconds.</summary>
    public void WriteCapture(string path, int frames, int frameLength)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        byte[] header = new byte[FileHeaderLength];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B2C3D4);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), 262_144);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(20), 1);
        file.Write(header);

        byte[] record = new byte[RecordHeaderLength + frameLength];
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(8), frameLength);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(12), frameLength);
        var frame = record.AsSpan(RecordHeaderLength);
        BinaryPrimitives.WriteUInt16BigEndian(frame[12..], 0x0800);
        for (int i = 0; i < frames; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(record, 1_700_000_000 + (i / 1_000_000));
            BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(4), i % 1_000_000);
            Addresses[random.Next(Addresses.Count)].CopyTo(frame);
            Addresses[random.Next(Addresses.Count)].CopyTo(frame[6..]);
            file.Write(record);
        }
    }
}
