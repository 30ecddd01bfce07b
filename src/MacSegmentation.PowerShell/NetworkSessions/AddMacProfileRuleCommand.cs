using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;
using MacSegmentation.Tags;

namespace MacSegmentation.NetworkSessions;

/// <summary>Adds a rule that gives instances a profile at launch, or while what is measured at their port meets a condition.</summary>
[Cmdlet(VerbsCommon.Add, "MacProfileRule", SupportsShouldProcess = true)]
[OutputType(typeof(MacProfileRule))]
public sealed class AddMacProfileRuleCommand : GroupCommitCmdlet<ProfileRuleRequest, MacProfileRule>
{
    /// <summary>The profile that it gives.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Profile")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string UseProfile { get; set; } = string.Empty;

    /// <summary>Only instances with such a name, with * and ?.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(InstanceNameCompleter))]
    public string? MatchName { get; set; }

    /// <summary>Only instances whose interface record has all of these tags.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Tag]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(TagCompleter))]
    public MacTag[]? MatchTag { get; set; }

    /// <summary>Only instances of this session.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public string? Session { get; set; }

    /// <summary>The condition under which it gives the profile; without one it does so at launch.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ProfileConditionCompleter))]
    public string? When { get; set; }

    /// <summary>How long the condition must not have been met before the instance gets back what it was launched with; none, or 0, for never.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Seconds(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public TimeSpan? RevertAfter { get; set; }

    /// <summary>How long the profile stays at least once the rule has changed it; 10 s unless said otherwise.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Seconds(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public TimeSpan? HoldTime { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ShouldProcess($"Profile rule for '{UseProfile}'", When is null ? "Add, at launch" : $"Add, when {When}"))
        {
            Collect(new ProfileRuleRequest { UseProfile = UseProfile, MatchName = MatchName, MatchTag = MatchTag ?? [], Session = Session, When = When, RevertAfter = RevertAfter, HoldTime = HoldTime });
        }
    }

    private protected override MacProfileRule Change(IStoreWriter writer, ProfileRuleRequest item) => ProfileRuleCatalog.Add(writer, item);

    private protected override void WriteResult(ProfileRuleRequest item, MacProfileRule result) => WriteObject(result);
}
