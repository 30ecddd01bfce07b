using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MacSegmentation.Captures;
using MacSegmentation.Counting;
using MacSegmentation.Emulation;
using MacSegmentation.Enforcement;
using MacSegmentation.Events;
using MacSegmentation.Handles;
using MacSegmentation.NicMetrics;
using MacSegmentation.Pools;
using MacSegmentation.Reports;
using MacSegmentation.Switch;
using MacSegmentation.Tracing;

namespace MacSegmentation.Output;

/// <summary>What is told of a record in JSON, what cmdlets write of it and what their views show is one description.</summary>
public sealed partial class ReportTests
{
    /// <summary>What JSON does not tell: names for other modules' cmdlets, what follows from the rest, and what has no meaning in its place.</summary>
    private static readonly Dictionary<Type, string[]> Untold = new()
    {
        [typeof(SwitchPortStatistics)] = ["IsPortUp"],
        [typeof(DirectionStatistics)] = ["IsPortUp"],
        [typeof(LinkStatistics)] = ["AddedLatency"],
        [typeof(MacNicMetric)] = ["InterfaceId", "EnforcerId"],
        [typeof(MacEnforcerEvent)] = ["Message"],
        [typeof(EnforcerStatistics)] = ["Time", "Elapsed", "Directions", "Ports", "Rates", "TableAge", "IsStoreReachable", "TableError", "EventsLost"],
        [typeof(MacFrameTest)] = ["IsForwarded"],
        [typeof(MacPool)] = ["LargestFreeRun", "PercentUsed"],
        [typeof(MacAssignment)] = ["VMName", "StaticMacAddress"],
        [typeof(MacHandle)] = ["Assignment", "Client", "HandleId", "HeldDownUntil", "IsReported", "Revision", "VMName", "StaticMacAddress"],
    };

    private static readonly Assembly[] Assemblies = [typeof(MacHandle).Assembly, typeof(TrafficCounts).Assembly];

    public static TheoryData<Type> Reported => [.. Assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => ReportOf(type) is not null)];

    public static TheoryData<string, Type> Viewed =>
    [
        .. Views().Select(view => (Name: view.Element("Name")!.Value, Type: TypeOf(view)))
            .Where(view => view.Type is not null)
            .Distinct()
            .Select(view => new TheoryDataRow<string, Type>(view.Name, view.Type!)),
    ];

    [Theory]
    [MemberData(nameof(Reported))]
    public void A_member_is_a_property_of_the_object_with_the_type_that_it_says(Type type)
    {
        foreach (var (name, path, told) in Members(type))
        {
            var property = PropertyAt(type, path);
            Assert.True(property is not null, $"{type.Name} tells of {name}, but has no {path}.");
            Assert.True(told == ToldType(property), $"{type.Name}.{path} is {property}, but {name} is told as {told.Name}.");
        }
    }

    [Theory]
    [MemberData(nameof(Reported))]
    public void Each_property_is_told_or_left_out_on_purpose(Type type)
    {
        var told = Members(type).Select(member => member.Path.Split('.')[0]).Concat(Untold.GetValueOrDefault(type, [])).ToHashSet(StringComparer.OrdinalIgnoreCase);
        string[] properties = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name)];
        Assert.DoesNotContain(properties, property => !told.Contains(property));
        Assert.Empty(Untold.GetValueOrDefault(type, []).Except(properties));
    }

    [Theory]
    [MemberData(nameof(Viewed))]
    public void A_view_shows_what_is_told(string name, Type type)
    {
        // A type may have several views of one name: a table and a list.
        var views = Views().Where(one => string.Equals(one.Element("Name")!.Value, name, StringComparison.Ordinal) && TypeOf(one) == type).ToList();
        string[] shown =
        [
            .. views.Descendants("PropertyName").Select(property => property.Value),
            .. views.Descendants("ScriptBlock").Where(script => !script.Ancestors("ExpressionBinding").Any(binding => binding.Element("EnumerateCollection") is not null)).SelectMany(script => PathInScript().Matches(script.Value).Select(match => match.Groups["path"].Value)),
        ];
        Assert.NotEmpty(shown);
        Assert.DoesNotContain(shown, path => PropertyAt(type, path.Split('.')[0]) is null);
        if (ReportOf(type) is not null)
        {
            var known = Members(type).SelectMany(member => new[] { member.Path, member.Path.Split('.')[0] }).Concat(Untold.GetValueOrDefault(type, []));
            Assert.DoesNotContain(shown, path => !known.Any(one => string.Equals(path, one, StringComparison.OrdinalIgnoreCase) || path.StartsWith($"{one}.", StringComparison.OrdinalIgnoreCase)));
        }
    }

    private static object? ReportOf(Type type) => type.IsGenericTypeDefinition
        ? null
        : type.GetProperty("Report", BindingFlags.Public | BindingFlags.Static) is { PropertyType.IsGenericType: true } report && report.PropertyType.GetGenericTypeDefinition() == typeof(Report<>)
            ? report.GetValue(null)
            : null;

    private static IEnumerable<(string Name, string Path, Type Told)> Members(Type type)
    {
        object report = ReportOf(type)!;
        foreach (object member in (IEnumerable)report.GetType().GetProperty("Members")!.GetValue(report)!)
        {
            yield return (Get<string>(member, "Name"), Get<string>(member, "Property"), Get<Type>(member, "Type"));
        }

        static T Get<T>(object from, string property) => (T)from.GetType().GetProperty(property)!.GetValue(from)!;
    }

    private static Type? PropertyAt(Type type, string path) => path.Split('.').Aggregate(
        (Type?)type,
        (owner, name) => (owner is null ? null : Nullable.GetUnderlyingType(owner) ?? owner)?.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.PropertyType);

    /// <summary>Numbers are told as long ones; of a list it is said what its items are, of numbers by name that they are numbers.</summary>
    private static Type ToldType(Type property)
    {
        var type = Nullable.GetUnderlyingType(property) ?? property;
        type = type.IsGenericType ? type.GetGenericArguments()[^1] : type;
        return type == typeof(int) ? typeof(long) : type;
    }

    private static Type? TypeOf(XElement view) =>
        Assemblies.Select(assembly => assembly.GetType(view.Element("ViewSelectedBy")!.Element("TypeName")!.Value)).FirstOrDefault(type => type is not null);

    private static IEnumerable<XElement> Views() => Directory
        .EnumerateFiles(RepositoryFile.Path("src", "MacSegmentation.PowerShell"), "*.Format.ps1xml", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .SelectMany(file => XDocument.Load(file).Descendants("View"));

    [GeneratedRegex(@"\$_\.(?<path>\w+(\.\w+)*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PathInScript();
}
