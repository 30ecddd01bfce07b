using Google.Protobuf;

namespace MacSegmentation.Telemetry;

/// <summary>
/// Reads an ExportMetricsServiceRequest by field numbers, as opentelemetry-proto defines them (collector/metrics/v1/metrics_service.proto, metrics/v1/metrics.proto, common/v1/common.proto): so that what
/// macseg sends is held to the protocol and not to a library's other half.
/// </summary>
internal sealed class OtlpMessage
{
    private readonly List<OtlpPoint> points = [];
    private readonly Dictionary<string, object?> resource = new(StringComparer.Ordinal);

    private OtlpMessage()
    {
    }

    /// <summary>Its data points.</summary>
    public IReadOnlyList<OtlpPoint> Points => points;

    /// <summary>The attributes of the resource.</summary>
    public IReadOnlyDictionary<string, object?> Resource => resource;

    /// <summary>The names of the scopes.</summary>
    public List<string> Scopes { get; } = [];

    public static OtlpMessage Parse(byte[] body)
    {
        var message = new OtlpMessage();

        // ExportMetricsServiceRequest: resource_metrics = 1.
        Read(body, (1, resourceMetrics => Read(
            resourceMetrics,
            (1, resource => Read(resource, (1, attribute => AddTo(message.resource, attribute)))),
            (2, message.ReadScope))));
        return message;
    }

    /// <summary>ScopeMetrics: scope = 1 (name = 1), metrics = 2.</summary>
    private void ReadScope(byte[] scope) => Read(scope, (1, inner => Read(inner, (1, name => Scopes.Add(Text(name))))), (2, ReadMetric));

    /// <summary>Metric: name = 1, unit = 3, gauge = 5, sum = 7, histogram = 9.</summary>
    private void ReadMetric(byte[] metric)
    {
        string name = string.Empty, unit = string.Empty;
        Read(
            metric,
            (1, text => name = Text(text)),
            (3, text => unit = Text(text)),
            (5, gauge => Read(gauge, (1, point => ReadNumber(point, name, unit, "gauge", isMonotonic: false)))),
            (7, sum => ReadSum(sum, name, unit)),
            (9, histogram => Read(histogram, (1, point => ReadHistogram(point, name, unit)))));
    }

    /// <summary>Sum: data_points = 1, aggregation_temporality = 2, is_monotonic = 3.</summary>
    private void ReadSum(byte[] sum, string name, string unit)
    {
        bool isMonotonic = false;
        var input = new CodedInputStream(sum);
        var found = new List<byte[]>();
        while (input.ReadTag() is not 0 and var tag)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1:
                    found.Add(input.ReadBytes().ToByteArray());
                    break;
                case 3:
                    isMonotonic = input.ReadBool();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        foreach (byte[] point in found)
        {
            ReadNumber(point, name, unit, "sum", isMonotonic);
        }
    }

    /// <summary>NumberDataPoint: as_double = 4, as_int = 6, attributes = 7.</summary>
    private void ReadNumber(byte[] point, string name, string unit, string kind, bool isMonotonic)
    {
        double value = 0;
        var attributes = new Dictionary<string, object?>(StringComparer.Ordinal);
        var input = new CodedInputStream(point);
        while (input.ReadTag() is not 0 and var tag)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 4:
                    value = input.ReadDouble();
                    break;
                case 6:
                    value = input.ReadSFixed64();
                    break;
                case 7:
                    AddTo(attributes, input.ReadBytes().ToByteArray());
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        points.Add(new OtlpPoint(name, unit, kind, isMonotonic, value, 0, attributes));
    }

    /// <summary>HistogramDataPoint: count = 4, sum = 5, attributes = 9.</summary>
    private void ReadHistogram(byte[] point, string name, string unit)
    {
        double count = 0, sum = 0;
        var attributes = new Dictionary<string, object?>(StringComparer.Ordinal);
        var input = new CodedInputStream(point);
        while (input.ReadTag() is not 0 and var tag)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 4:
                    count = input.ReadFixed64();
                    break;
                case 5:
                    sum = input.ReadDouble();
                    break;
                case 9:
                    AddTo(attributes, input.ReadBytes().ToByteArray());
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        points.Add(new OtlpPoint(name, unit, "histogram", IsMonotonic: false, count, sum, attributes));
    }

    /// <summary>KeyValue: key = 1, value = 2; AnyValue: string_value = 1, bool_value = 2, int_value = 3, double_value = 4.</summary>
    private static void AddTo(Dictionary<string, object?> attributes, byte[] pair)
    {
        string key = string.Empty;
        object? value = null;
        Read(pair, (1, text => key = Text(text)), (2, any =>
        {
            var input = new CodedInputStream(any);
            value = WireFormat.GetTagFieldNumber(input.ReadTag()) switch
            {
                1 => input.ReadString(),
                2 => input.ReadBool(),
                3 => input.ReadInt64(),
                4 => input.ReadDouble(),
                var other => throw new InvalidDataException($"An attribute has the type {other}."),
            };
        }));
        attributes.Add(key, value);
    }

    private static string Text(byte[] text) => System.Text.Encoding.UTF8.GetString(text);

    private static void Read(byte[] message, params (int Field, Action<byte[]> Read)[] fields)
    {
        var input = new CodedInputStream(message);
        while (input.ReadTag() is not 0 and var tag)
        {
            if (WireFormat.GetTagWireType(tag) != WireFormat.WireType.LengthDelimited)
            {
                input.SkipLastField();
                continue;
            }

            byte[] value = input.ReadBytes().ToByteArray();
            foreach (var (_, read) in fields.Where(field => field.Field == WireFormat.GetTagFieldNumber(tag)))
            {
                read(value);
            }
        }
    }
}
