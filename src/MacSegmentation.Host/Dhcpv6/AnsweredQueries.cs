using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MacSegmentation.Dhcpv6;

/// <summary>
/// The answers that were given lately on one link: the same message, sent again because the answer was lost or copied on the way, gets the same answer, and changes nothing. Bounded; the oldest go first.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class AnsweredQueries(TimeProvider time)
{
    /// <summary>Longer than a client waits between two tries of a Request (REQ_MAX_RT, 30 s).</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(60);

    /// <summary>The most answers that are kept.</summary>
    public const int Capacity = 2048;

    private readonly Lock gate = new();
    private readonly Dictionary<UInt128, Entry> entries = [];
    private readonly Queue<(UInt128 Key, Entry Entry)> sequence = new();

    /// <summary>The answer to a message, which is made at its first time only; who asks meanwhile waits for the same.</summary>
    /// <param name="message">The message.</param>
    /// <param name="answer">Makes the answer. What is not answered is not kept.</param>
    public async Task<(byte[]? Answer, Dhcpv6Silence Silence)> AnswerOnceAsync(Dhcpv6Message message, Func<Task<(byte[]? Answer, Dhcpv6Silence Silence)>> answer)
    {
        var key = KeyOf(message);
        Entry entry;
        lock (gate)
        {
            Forget();
            if (!entries.TryGetValue(key, out entry!))
            {
                entry = new Entry(time.GetTimestamp(), new Lazy<Task<(byte[]?, Dhcpv6Silence)>>(answer));
                entries[key] = entry;
                sequence.Enqueue((key, entry));
            }
        }

        (byte[]? Answer, Dhcpv6Silence Silence) given = default;
        try
        {
            given = await entry.Answer.Value;
            return given;
        }
        finally
        {
            if (given.Answer is null)
            {
                lock (gate)
                {
                    Drop(key, entry);
                }
            }
        }
    }

    private void Forget()
    {
        while (sequence.TryPeek(out var oldest) && (sequence.Count >= Capacity || time.GetElapsedTime(oldest.Entry.At) > Age))
        {
            sequence.Dequeue();
            Drop(oldest.Key, oldest.Entry);
        }
    }

    private void Drop(UInt128 key, Entry entry)
    {
        if (entries.TryGetValue(key, out var there) && ReferenceEquals(there, entry))
        {
            entries.Remove(key);
        }
    }

    /// <summary>All of the message but the time since the client began, which differs at each try.</summary>
    private static UInt128 KeyOf(Dhcpv6Message message)
    {
        byte[] octets = (message with { Options = [.. message.Options.Where(option => option.Code is not Dhcpv6OptionCode.ElapsedTime)] }).ToArray();
        return BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(octets));
    }

    private sealed record Entry(long At, Lazy<Task<(byte[]? Answer, Dhcpv6Silence Silence)>> Answer);
}
