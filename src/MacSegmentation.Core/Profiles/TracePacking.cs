using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using MacSegmentation.Units;

namespace MacSegmentation.Profiles;

/// <summary>A recording's content as a short text: differences and values as numbers of as many octets as they need (LEB128), deflated, in base 64.</summary>
internal static class TracePacking
{
    private const int DigestOctets = 16;
    private const int MaxOctets = 32 << 20;
    private const string Broken = "The content of a trace is not what its digest says: it was changed or cut. Read the file again with Set-MacProfile -Trace.";

    public static (string Digest, string Packed) Pack(TraceContent content)
    {
        var plain = new MemoryStream();
        if (content.Format == TraceFormat.Mahimahi)
        {
            int before = 0;
            foreach (int delivery in content.Deliveries)
            {
                Write(plain, delivery - before);
                before = delivery;
            }
        }
        else
        {
            long before = 0;
            foreach (var step in content.Steps)
            {
                // A value that is not there is 0, all others are one more than they are.
                Write(plain, step.At.Ticks - before);
                Write(plain, step.Bandwidth is { } rate ? rate.BitsPerSecond + 1 : 0);
                Write(plain, step.Latency is { } latency ? latency.Ticks + 1 : 0);
                Write(plain, step.Loss is { } loss ? loss.PartsPerMillion + 1L : 0);
                before = step.At.Ticks;
            }
        }

        byte[] octets = plain.ToArray();
        var deflated = new MemoryStream();
        using (var deflate = new DeflateStream(deflated, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(octets);
        }

        return (DigestOf(octets), Convert.ToBase64String(deflated.ToArray()));
    }

    /// <summary>The content of a text.</summary>
    /// <exception cref="FormatException">It is not what the digest says.</exception>
    public static TraceContent Unpack(TraceFormat format, string digest, string packed)
    {
        byte[] octets = Inflate(packed);
        if (!string.Equals(DigestOf(octets), digest, StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException(Broken);
        }

        int place = 0;
        var deliveries = ImmutableArray.CreateBuilder<int>();
        var steps = ImmutableArray.CreateBuilder<TraceStep>();
        for (long time = 0; place < octets.Length;)
        {
            time += Read(octets, ref place);
            if (format == TraceFormat.Mahimahi)
            {
                deliveries.Add((int)Math.Min(time, int.MaxValue));
            }
            else
            {
                var (rate, latency, loss) = (Read(octets, ref place), Read(octets, ref place), Read(octets, ref place));
                steps.Add(new TraceStep(
                    new TimeSpan(time), rate == 0 ? null : new BitRate(rate - 1), latency == 0 ? null : new TimeSpan(latency - 1), loss == 0 ? null : new Percentage((int)(loss - 1))));
            }
        }

        // Whoever makes a digest himself can make any content.
        bool isRight = format == TraceFormat.Mahimahi ? deliveries is { Count: > 0 and <= LinkTrace.MaxLength } && deliveries[^1] > 0 : TraceFile.AreRight(steps);
        return isRight ? new TraceContent(format, deliveries.ToImmutable(), steps.ToImmutable()) : throw new FormatException(Broken);
    }

    private static byte[] Inflate(string packed)
    {
        try
        {
            using var inflate = new DeflateStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
            var plain = new MemoryStream();
            byte[] buffer = new byte[1 << 16];
            for (int read; (read = inflate.Read(buffer)) > 0;)
            {
                plain.Write(buffer, 0, plain.Length + read <= MaxOctets ? read : throw new FormatException(Broken));
            }

            return plain.ToArray();
        }
        catch (InvalidDataException error)
        {
            throw new FormatException(Broken, error);
        }
    }

    private static string DigestOf(byte[] octets) => Convert.ToHexStringLower(SHA256.HashData(octets).AsSpan(0, DigestOctets));

    private static void Write(MemoryStream to, long value)
    {
        ulong rest = (ulong)value;
        for (; rest >= 0x80; rest >>= 7)
        {
            to.WriteByte((byte)(rest | 0x80));
        }

        to.WriteByte((byte)rest);
    }

    private static long Read(byte[] octets, ref int place)
    {
        ulong value = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            byte octet = place < octets.Length ? octets[place++] : throw new FormatException(Broken);
            value |= (ulong)(octet & 0x7F) << shift;
            if (octet < 0x80)
            {
                return (long)value;
            }
        }

        throw new FormatException(Broken);
    }
}
