using MacSegmentation.Reports;

namespace MacSegmentation.NetworkSessions;

/// <summary>What became of an application's feedback.</summary>
public sealed record FeedbackAnswer
{
    /// <summary>What is told of it.</summary>
    public static Report<FeedbackAnswer> Report { get; } = new Report<FeedbackAnswer>()
        .Text("instance", answer => answer.Instance)
        .Number("vlanId", answer => answer.VlanId)
        .Text("profile", answer => answer.Profile)
        .Text("previousProfile", answer => answer.PreviousProfile ?? string.Empty)
        .Flag("isChanged", answer => answer.IsChanged);

    /// <summary>The instance.</summary>
    public required string Instance { get; init; }

    /// <summary>Its VLAN, 1 to 4094.</summary>
    public required int VlanId { get; init; }

    /// <summary>The profile that it has now.</summary>
    public required string Profile { get; init; }

    /// <summary>The one that it had before; null for none.</summary>
    public string? PreviousProfile { get; init; }

    /// <summary>False if it had the profile already.</summary>
    public required bool IsChanged { get; init; }
}
