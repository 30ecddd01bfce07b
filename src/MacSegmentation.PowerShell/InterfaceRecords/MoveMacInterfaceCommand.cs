using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Providers;
using MacSegmentation.Stores;

namespace MacSegmentation.InterfaceRecords;

/// <summary>
/// Moves interface records to another VLAN, all of them in one transaction: each gets an address of that VLAN, and gives its own back. Their fixed addresses, pairs, groups, tags and profiles go
/// with them.
/// </summary>
[Cmdlet(VerbsCommon.Move, "MacInterface", SupportsShouldProcess = true)]
[OutputType(typeof(MacInterface))]
public sealed class MoveMacInterfaceCommand : ChangeCmdlet
{
    private readonly List<string> patterns = [];

    /// <summary>The records; wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("InterfaceName")]
    [InterfaceName(TakesName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The VLAN that they move to, 1 to 4094.</summary>
    [Parameter(Mandatory = true)]
    [Alias("Vlan")]
    [VlanNumber]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int VlanId { get; set; }

    /// <summary>They keep their MAC addresses, which then must lie in no pool.</summary>
    [Parameter]
    public SwitchParameter KeepAddress { get; set; }

    /// <summary>Writes the moved records.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => patterns.AddRange(Name);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            IReadOnlyList<string> names = [];
            Read(Expand, found => names = found);
            bool isAsked = IsWhatIf || MyInvocation.BoundParameters.ContainsKey("Confirm");
            var approved = isAsked ? Ask(Change((store, stopping) => store.Rehearse(writer => Move(writer, names), stopping))) : names.Where(Approve).ToList();
            if (approved.Count > 0)
            {
                Tell(Change((store, stopping) => store.WriteStoppable(writer => Move(writer, approved), stopping), "Moving interfaces"));
            }
        }
        catch (MacSegmentationException error)
        {
            Write(error);
        }
    }

    private bool Approve(string name) => ShouldProcess($"Interface '{name}'", $"Move to VLAN {VlanId}");

    private List<string> Ask(IReadOnlyList<MovedInterface> moves) =>
    [
        .. moves.Where(move => ShouldProcess(
            $"Interface '{move.After.Name}'",
            move.IsSame ? $"Leave in VLAN {VlanId}" : $"Move from VLAN {move.Before.VlanId} with {move.Before.MacAddress} to VLAN {move.After.VlanId} with {(move.After.MacAddress == move.Before.MacAddress ? "the same address" : move.After.MacAddress)}"))
            .Select(move => move.After.Name),
    ];

    private IReadOnlyList<string> Expand(IStoreReader store)
    {
        var records = new List<string>();
        foreach (string pattern in patterns)
        {
            var isMatch = NameFilter.Match([pattern]);
            records.AddRange(NameFilter.IsExact(pattern) ? [InterfaceCatalog.Get(store, pattern).Name] : store.ListInterfaces().Where(record => isMatch(record.Name)).Select(record => record.Name));
        }

        return [.. records.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private List<MovedInterface> Move(IStoreWriter writer, IReadOnlyList<string> names)
    {
        SharedStore.Require(writer);
        var moved = new List<MovedInterface>(names.Count);
        foreach (string name in names)
        {
            StopToken.ThrowIfCancellationRequested();
            var before = InterfaceCatalog.Get(writer, name);
            var after = InterfaceCatalog.Move(writer, name, VlanId, KeepAddress);
            bool staysAllocated = !before.HoldsAllocation && after.MacAddress != before.MacAddress && writer.FindAllocation(before.MacAddress) is not null;
            moved.Add(new MovedInterface(before, after, InterfaceCatalog.ListUsers(writer, after), staysAllocated));
        }

        return moved;
    }

    private void Tell(IReadOnlyList<MovedInterface> moves)
    {
        foreach (var move in moves)
        {
            if (move.IsSame)
            {
                WriteVerbose($"Interface '{move.After.Name}' is in VLAN {VlanId} already.");
            }
            else if (move.After.MacAddress != move.Before.MacAddress && move.Users.Count > 0)
            {
                WriteWarning($"Interface '{move.After.Name}' is a port of an enforcer on {string.Join(" and ", move.Users)}. Its machine is to use {move.After.MacAddress} from now on: what it sends from {move.Before.MacAddress} is refused.");
            }

            if (move.StaysAllocated)
            {
                WriteWarning($"{move.Before.MacAddress} was allocated to '{move.Before.InstanceId}' before its interface '{move.After.Name}' was made, and stays so. Give it back with Remove-MacAllocation -MacAddress {move.Before.MacAddress}.");
            }

            if (PassThru)
            {
                WriteObject(move.After);
            }
        }
    }

    /// <summary>A record that was moved.</summary>
    private sealed record MovedInterface(MacInterface Before, MacInterface After, IReadOnlyList<string> Users, bool StaysAllocated)
    {
        public bool IsSame => Before.VlanId == After.VlanId;
    }
}
