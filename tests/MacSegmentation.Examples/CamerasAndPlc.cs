using MacSegmentation.Captures;
using MacSegmentation.Frames;

namespace MacSegmentation.Examples;

/// <summary>The example that the documentation runs: a plant with cameras in VLAN 10 and controllers in VLAN 20.</summary>
public static class CamerasAndPlc
{
    /// <summary>The capture's file name.</summary>
    public const string CaptureName = "cameras-and-plc.pcap";

    /// <summary>The configuration's file name.</summary>
    public const string ConfigurationName = "cameras-and-plc.json";

    /// <summary>
    /// Of VLAN 10, a stolen camera is refused, cameras may reach the recorder and nobody else of their own kind, and their multicast chatter
    /// vanishes. In VLAN 20 only what is listed may pass; a laptop that somebody forgot is ignored without noise.
    /// </summary>
    private const string Configuration =
        """
        {
          "vlans": [
            {
              "id": 10,
              "name": "cameras",
              "ranges": [ "00:1a:2b:3c:40:00-00:1a:2b:3c:4f:ff" ],
              "defaultAction": "Allow",
              "allocations": [
                { "instanceId": "camera-1", "macAddress": "00:1a:2b:3c:40:01" },
                { "instanceId": "camera-2", "macAddress": "00:1a:2b:3c:40:02" },
                { "instanceId": "camera-3", "macAddress": "00:1a:2b:3c:40:03" },
                { "instanceId": "camera-4", "macAddress": "00:1a:2b:3c:40:04" },
                { "instanceId": "recorder", "macAddress": "00:1a:2b:3c:4f:00" }
              ],
              "policies": [
                { "order": 10, "source": "00:1a:2b:3c:40:04", "destination": "*", "action": "Deny" },
                { "order": 20, "source": "00:1a:2b:3c:40:00/36", "destination": "00:1a:2b:3c:4f:00", "action": "Allow" },
                { "order": 30, "source": "00:1a:2b:3c:40:00/40", "destination": "00:1a:2b:3c:40:00/40", "action": "Deny" },
                { "order": 40, "source": "00:1a:2b:3c:40:00/36", "destination": "01:00:5e:00:00:00/25", "action": "Drop" }
              ]
            },
            {
              "id": 20,
              "name": "plc",
              "ranges": [ "02:00:5e:10:00:00-02:00:5e:10:ff:ff" ],
              "defaultAction": "Deny",
              "allocations": [
                { "instanceId": "plc-1", "macAddress": "02:00:5e:10:00:01" },
                { "instanceId": "plc-2", "macAddress": "02:00:5e:10:00:02" },
                { "instanceId": "panel", "macAddress": "02:00:5e:10:01:00" }
              ],
              "policies": [
                { "order": 10, "source": "02:00:5e:10:01:00", "destination": "02:00:5e:10:00:00/40", "action": "Allow" },
                { "order": 20, "source": "02:00:5e:10:00:00/40", "destination": "02:00:5e:10:01:00", "action": "Allow" },
                { "order": 30, "source": "02:00:5e:10:00:00/32", "destination": "ff:ff:ff:ff:ff:ff", "action": "Allow" },
                { "order": 40, "source": "3c:52:82:47:11:a0", "destination": "*", "action": "Drop" }
              ]
            }
          ]
        }

        """;

    /// <summary>The capture's form is stated, so that its bytes are the same on every machine.</summary>
    private static readonly CaptureFormat Format = new(IsBigEndian: false, IsNanosecond: false, SnapLength: 262_144, LinkField: 1);

    /// <summary>Writes the configuration.</summary>
    /// <param name="path">The file.</param>
    public static void WriteConfiguration(string path) => File.WriteAllText(path, Configuration.ReplaceLineEndings("\n"));

    /// <summary>Writes the capture.</summary>
    /// <param name="path">The file.</param>
    public static void WriteCapture(string path)
    {
        using var file = CaptureFileSink.Create(path, Format);
        foreach (var recorded in PlantTraffic.Record())
        {
            file.Send(new Frame(recorded.Bytes, recorded.OriginalLength, recorded.Timestamp));
        }

        file.Flush();
    }
}
