using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Switch;

namespace MacSegmentation.Enforcers;

/// <summary>A cmdlet that asks running switches of this session what they know.</summary>
public abstract class SwitchCmdlet : PSCmdlet
{
    /// <summary>Only of these enforcers; wildcards allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Named]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(SwitchNameCompleter))]
    public string[] Enforcer { get; set; } = ["*"];

    /// <summary>Only in these VLANs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int[]? VlanId { get; set; }

    /// <summary>The switches that the present record means, with their enforcers' names; an error is written for each that does not run.</summary>
    private protected IReadOnlyList<(string Name, MacSwitch Switch)> SelectSwitches()
    {
        (string Name, MacSwitch Switch)[] running =
        [
            .. JobRepository.Jobs.OfType<MacPolicyEnforcerJob>()
                .OrderBy(job => job.Id)
                .SelectMany(job => job.RunningSwitch is { } bridge ? new[] { (job.Name, bridge) } : []),
        ];
        return [.. Enforcer.SelectMany(name => Select(running, name)).Distinct()];
    }

    /// <summary>True if the present record means the VLAN.</summary>
    private protected bool HasVlan(int vlanId) => VlanId is null || VlanId.Contains(vlanId);

    private (string Name, MacSwitch Switch)[] Select((string Name, MacSwitch Switch)[] running, string name)
    {
        (string Name, MacSwitch Switch)[] named = [.. NameFilter.Select(running, one => one.Name, [name])];
        if (named.Length == 0)
        {
            string which = name is "*" ? string.Empty : $" named '{name}'";
            WriteError(new MacSegmentationException(
                "EnforcerNotFound",
                MacErrorKind.NotFound,
                $"This session runs no switch{which}. Start one with Start-MacPolicyEnforcer -Port, or list the enforcers with Get-MacPolicyEnforcer.",
                name).ToRecord());
        }

        return named;
    }
}
