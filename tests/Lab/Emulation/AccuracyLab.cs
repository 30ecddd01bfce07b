using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Lab.Network;
using MacSegmentation.Profiles;
using MacSegmentation.Workers;

namespace MacSegmentation.Emulation;

/// <summary>Two senders and a receiver at a running switch, and what their kernels' clocks say of frames between them. The receiver's profile is what is measured.</summary>
internal sealed class AccuracyLab : IDisposable
{
    /// <summary>Octets of a full Ethernet frame without its FCS, as tc counts it.</summary>
    public const int FullFrame = 1514;

    private const int HeaderLength = 42;
    private const int Port = 5000;

    /// <summary>Seconds that a sender leaves the core to others at least, while nothing is to be sent.</summary>
    private const double LeastRest = 0.0002;

    private int profiles;

    public AccuracyLab()
    {
        Sender = Network.AddHost("sender", "10.0.0.11/24");
        Second = Network.AddHost("second", "10.0.0.12/24");
        Receiver = Network.AddHost("receiver", "10.0.0.13/24");
        Network.Start();
        Assert.Equal((3, 3), (Sender.Ping(Receiver.Address), Second.Ping(Receiver.Address)));
    }

    /// <summary>True if all of it is to be measured, for docs/performance.md, and goals are asserted that a busy machine does not keep.</summary>
    public static bool IsWhole => Environment.GetEnvironmentVariable("MACSEG_ACCURACY") is "1";

    public SwitchedNetwork Network { get; } = new();

    /// <summary>Bits a second that were sent while a rate was measured last.</summary>
    public double Offered { get; private set; }

    public Host Sender { get; }

    public Host Second { get; }

    public Host Receiver { get; }

    /// <summary>Skips what takes long, or is meant for a quiet machine only, unless it is asked for.</summary>
    public static void RequireWhole() => Assert.SkipUnless(IsWhole, "It takes minutes, and its goals are for a quiet machine: MACSEG_ACCURACY=1 runs it.");

    /// <summary>Gives a host a profile of its own, or none.</summary>
    public void Use(Host host, MacProfile? profile)
    {
        string name = $"p{++profiles}";
        Network.Change(writer =>
        {
            if (profile is not null)
            {
                ProfileCatalog.Create(writer, profile with { Name = name });
            }

            return InterfaceCatalog.Change(writer, host.Name, new InterfaceChange { Profile = profile is null ? string.Empty : name });
        });
        Network.AwaitNewestTable();
    }

    /// <summary>A frame of a length from a host to the receiver, with room for a time.</summary>
    public byte[] Frame(Host from, int length, int port = Port) =>
        new FrameBuilder(from.Mac, Receiver.Mac).Udp(IPAddress.Parse(from.Address), IPAddress.Parse(Receiver.Address), 4000, port, new byte[length - HeaderLength]);

    /// <summary>Sends frames of a host at a rate, for some time or until told otherwise.</summary>
    /// <param name="from">The host.</param>
    /// <param name="bitsPerSecond">The rate.</param>
    /// <param name="isOver">Tells when it is enough.</param>
    /// <param name="first">Frames that are sent at once before: they fill the queue, and take the burst.</param>
    /// <returns>How many frames were sent.</returns>
    public long Saturate(Host from, double bitsPerSecond, Func<bool> isOver, int first = 0)
    {
        byte[] frame = Frame(from, FullFrame);
        using var talker = from.Talk();
        using var wait = new DueWait();
        _ = talker.Flood(frame, first);
        double seconds = FullFrame * 8 / bitsPerSecond;
        long begin = Stopwatch.GetTimestamp();
        long sent = 0;
        while (!isOver())
        {
            long due = Math.Min((long)(Stopwatch.GetElapsedTime(begin).TotalSeconds / seconds) - sent, 64);
            if (due > 0)
            {
                _ = talker.Flood(frame, due);
                sent += due;
            }
            else
            {
                Rest(wait, Math.Max(seconds / 2, LeastRest));
            }
        }

        return sent + first;
    }

    /// <summary>Sends frames one by one, each with its time, and tells how long each was on its way, in milliseconds, ascending; by the receiver's kernel.</summary>
    public double[] Probe(Host from, int count, TimeSpan interval, int length = 200)
    {
        const int OwnPort = 6000;
        byte[] frame = Frame(from, length, OwnPort);
        using var listener = Receiver.Listen();
        using var talker = from.Talk();
        using var wait = new DueWait();
        for (int i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(HeaderLength), FrameTime.Now(TimeProvider.System));
            talker.Send(frame);
            Rest(wait, interval.TotalSeconds);
        }

        bool IsOurs((byte[] Bytes, int Length, long Timestamp) heard) =>
            heard.Length == length && BinaryPrimitives.ReadUInt16BigEndian(heard.Bytes.AsSpan(HeaderLength - 6)) == OwnPort;
        Deadline.Await("the probes", () => listener.Heard.Count(IsOurs) == count, 30);
        return [.. listener.Heard.Where(IsOurs).Select(heard => (heard.Timestamp - BinaryPrimitives.ReadInt64BigEndian(heard.Bytes.AsSpan(HeaderLength))) / 1e6).Order()];
    }

    /// <summary>The rate at which full frames arrive behind the burst, in bits a second, while a sender keeps their queue filled.</summary>
    /// <param name="asked">The rate that the link is to have, which tells how fast to send.</param>
    /// <param name="frames">How many frames are measured.</param>
    /// <param name="burst">How many come at once before.</param>
    public double MeasureRate(double asked, int frames, int burst)
    {
        using var listener = Receiver.Listen();
        double seconds = (frames + burst + 10) * FullFrame * 8 / asked;
        long begin = Stopwatch.GetTimestamp();
        int wanted = frames + burst + 1;
        int Arrived() => listener.Heard.Count(heard => heard.Length == FullFrame);
        double look = seconds * 1.1;
        bool IsOver()
        {
            double elapsed = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            if (elapsed < look)
            {
                return false;
            }

            // Counting them takes a while.
            look += seconds / 2;
            return elapsed > 4 * seconds || Arrived() >= wanted;
        }

        long sent = Saturate(Sender, asked * 1.3, IsOver, first: burst + 50);
        Offered = sent * FullFrame * 8 / Stopwatch.GetElapsedTime(begin).TotalSeconds;
        Assert.SkipWhen(Offered < asked, $"This machine's sender gets to {Offered / 1e6:0} Mbit/s, and no link of {asked / 1e6:0} can be kept filled.");
        Deadline.Await($"{wanted} frames, of which {Arrived()} came", () => Arrived() >= wanted, 20);
        long[] times = [.. listener.Heard.Where(heard => heard.Length == FullFrame).Select(heard => heard.Timestamp).Take(wanted)];
        return frames * FullFrame * 8.0 / ((times[^1] - times[^(frames + 1)]) / 1e9);
    }

    /// <summary>A queueing discipline of the kernel at the receiver's port, in place of what was there; none without arguments.</summary>
    public void Shape(params string[][] commands)
    {
        using (var remove = Network.Start("tc", "qdisc", "replace", "dev", Receiver.Port, "root", "pfifo", "limit", "1000"))
        {
            remove.AwaitEnd();
        }

        foreach (string[] command in commands)
        {
            using var one = Network.Start("tc", command);
            one.AwaitEnd();
        }
    }

    public void Dispose() => Network.Dispose();

    private static void Rest(DueWait wait, double seconds) => wait.Wait((long)(seconds * 1e9));
}
