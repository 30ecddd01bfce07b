using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

/// <summary>Changes a policy's place, match, action or description, or whether and until when it is in force.</summary>
[Cmdlet(VerbsCommon.Set, "MacPolicy", SupportsShouldProcess = true, DefaultParameterSetName = IdSet)]
[OutputType(typeof(MacPolicy))]
public sealed class SetMacPolicyCommand : ListedPolicyCmdlet
{
    /// <summary>The new place in the list.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(PolicyOrderCompleter))]
    public int? NewOrder { get; set; }

    /// <summary>What the source must match from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<MacPattern>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(MacPatternCompleter))]
    public MacPattern? SourceAddress { get; set; }

    /// <summary>What the destination must match from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<MacPattern>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(MacPatternCompleter))]
    public MacPattern? DestinationAddress { get; set; }

    /// <summary>What happens from now on to a frame that matches.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Choice<PolicyAction>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<PolicyAction>))]
    public PolicyAction? Action { get; set; }

    /// <summary>What people say of it from now on; empty for nothing.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Description { get; set; }

    /// <summary>It matches nothing from now on; with <c>$false</c>, it does again.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OnOff(EmptyIsNone = true, NoneIsOff = true)]
    public SwitchParameter Disabled { get; set; }

    /// <summary>It is in force from now on, unless it has expired.</summary>
    [Parameter]
    public SwitchParameter Enabled { get; set; }

    /// <summary>When it expires from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PointInTime(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>It does not expire from now on; one that has is in force again.</summary>
    [Parameter]
    public SwitchParameter NoExpiry { get; set; }

    private bool? IsDisabled => MyInvocation.BoundParameters.ContainsKey(nameof(Enabled)) ? !Enabled.ToBool()
        : MyInvocation.BoundParameters.ContainsKey(nameof(Disabled)) ? Disabled.ToBool()
        : null;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        RequireOneOf(nameof(Enabled), nameof(Disabled));
        RequireOneOf(nameof(NoExpiry), nameof(ExpiresAt));
    }

    private void RequireOneOf(string one, string other)
    {
        if (MyInvocation.BoundParameters.ContainsKey(one) && MyInvocation.BoundParameters.ContainsKey(other))
        {
            ThrowTerminatingError(new MacSegmentationException(
                "ParametersExclude", MacErrorKind.InvalidArgument, $"-{one} and -{other} say different things of the same. Give one of them.", one).ToRecord());
        }
    }

    private protected override string Operation => "Change";

    private protected override bool MayDo(ListedPolicy policy) => MayChange(
        $"{policy}",
        policy,
        new WantedValues<MacPolicy>(
            new(nameof(SourceAddress), before => before.SourceAddress, SourceAddress),
            new(nameof(DestinationAddress), before => before.DestinationAddress, DestinationAddress),
            new(nameof(Action), before => before.Action, Action),
            new(nameof(NewOrder), before => before.Order, NewOrder) { Shown = nameof(MacPolicy.Order) },
            new(nameof(Description), before => before.Description, Description),
            new("Disabled, Enabled", before => before.Disabled, IsDisabled) { Shown = nameof(MacPolicy.Disabled) },
            new("ExpiresAt, NoExpiry", before => before.ExpiresAt is { } end ? $"{end:u}" : "never", NoExpiry ? "never" : ExpiresAt is { } given ? $"{given.ToUniversalTime():u}" : null) { Shown = nameof(MacPolicy.ExpiresAt) }),
        store => PolicyList.Get(store, policy.Resolve(store)));

    private protected override PolicyChange Wanted =>
        new()
        {
            Order = NewOrder,
            SourceAddress = SourceAddress,
            DestinationAddress = DestinationAddress,
            Action = Action,
            Description = Description,
            Disabled = IsDisabled,
            ExpiresAt = ExpiresAt,
            NeverExpires = NoExpiry,
        };

    private protected override MacPolicy Change(IStoreWriter writer, ListedPolicy item) => PolicyList.Change(writer, item.Resolve(writer), item.Change!);
}
