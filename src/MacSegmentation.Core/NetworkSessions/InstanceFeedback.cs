using MacSegmentation.Errors;
using MacSegmentation.Profiles;
using MacSegmentation.Units;
using MacSegmentation.Vlans;

namespace MacSegmentation.NetworkSessions;

/// <summary>The rules for what applications say of their network: they ask for another profile, and every change has their name and their reason in the audit.</summary>
public static class InstanceFeedback
{
    private static readonly TimeSpan MinRevert = TimeSpan.FromSeconds(1);

    /// <summary>Does what an application asks for. Either throws before its first write or succeeds.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The instance.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="client">Who asks, for the audit.</param>
    /// <exception cref="MacSegmentationException">
    /// InvalidFeedbackReason, InvalidRevertTime, InvalidInstanceName, InstanceNotFound, InvalidProfileName, ProfileNotFound, ProfileRangeOutsidePool; SessionSuspended: no profile is in force there.
    /// </exception>
    public static FeedbackAnswer Apply(INetworkSessionWriter store, string name, FeedbackRequest request, string client)
    {
        ArgumentNullException.ThrowIfNull(request);
        Validate(request);
        var instance = InstanceCatalog.Get(store, name);
        if (instance.Session is { } session && store.FindSession(session) is { State: SessionState.Suspended })
        {
            throw new MacSegmentationException(
                "SessionSuspended",
                MacErrorKind.InvalidOperation,
                $"Session '{session}' of instance '{instance.Name}' is suspended: no profile is in force there. Resume it with Resume-MacSession first.",
                session);
        }

        var profile = InstanceCatalog.FindUsableProfile(store, request.Profile, VlanCatalog.Get(store, instance.VlanId))
            ?? throw new MacSegmentationException("InvalidProfileName", MacErrorKind.InvalidArgument, "Feedback names the profile that the instance is to have. Give its name.", request.Profile);
        string before = instance.EffectiveProfile ?? string.Empty;
        bool isChanged = !string.Equals(before, profile.Name, StringComparison.OrdinalIgnoreCase);
        if (isChanged)
        {
            string cause = $"feedback by {client}: {request.Reason.Trim()}";
            if (request.RevertAfter is { } time)
            {
                ProfileAdjustments.GiveForAWhile(store, instance, profile.Name, time, cause);
            }
            else
            {
                InstanceCatalog.Change(store, instance.Name, profile.Name, cause);
            }
        }

        return new FeedbackAnswer { Instance = instance.Name, VlanId = instance.VlanId, Profile = profile.Name, PreviousProfile = instance.EffectiveProfile, IsChanged = isChanged };
    }

    /// <summary>Makes sure that a request has sense, whatever the store holds.</summary>
    /// <param name="request">What is asked for.</param>
    /// <exception cref="MacSegmentationException">InvalidFeedbackReason, InvalidRevertTime.</exception>
    public static void Validate(FeedbackRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > FeedbackRequest.MaxReasonLength || request.Reason.Any(char.IsControl))
        {
            throw new MacSegmentationException(
                "InvalidFeedbackReason",
                MacErrorKind.InvalidArgument,
                $"Feedback says why, for the audit: 1 to {FeedbackRequest.MaxReasonLength} characters without line breaks, such as 'mean opinion score 2.8'.",
                request.Reason);
        }

        if (request.RevertAfter is { } time && (time < MinRevert || time > ProfileRuleCatalog.MaxTime))
        {
            throw new MacSegmentationException(
                "InvalidRevertTime",
                MacErrorKind.InvalidArgument,
                $"A profile cannot be taken back after {time}. Give a time from {new Duration(MinRevert)} to {new Duration(ProfileRuleCatalog.MaxTime)}, such as 5m.",
                time);
        }
    }
}
