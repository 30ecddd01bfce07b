using MacSegmentation.Pipeline;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityGroups;

/// <summary>Tables of groups as a stage prepares them and puts them in force.</summary>
internal static class CompiledGroups
{
    public static GroupTable Compile(ConfigurationSnapshot snapshot, GroupTable? previous)
    {
        var changes = previous is null ? null : RecordChange.List(previous.Interfaces.AsSpan(), snapshot.Interfaces.AsSpan());
        var table = GroupTable.Prepare(snapshot, changes, previous ?? GroupTable.Empty, out var setAddresses);
        setAddresses();
        return table;
    }
}
