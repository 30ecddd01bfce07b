using MacSegmentation.Clients;
using MacSegmentation.NetworkSessions;
using Microsoft.AspNetCore.Http;

namespace MacSegmentation.Provision;

/// <summary>What applications say of the network of their instance: they ask for another profile.</summary>
/// <remarks>
/// A client may speak for the instances of the VLANs that it may use; any other is like one that does not exist. Feedback that goes back and forth between profiles three times within a minute
/// is refused, until a minute has passed without a change, as a rule is suspended that does so.
/// </remarks>
/// <param name="desk">What changes the store.</param>
internal sealed class FeedbackEndpoint(FeedbackDesk desk)
{
    /// <summary>What comes before the name of an instance.</summary>
    public const string Before = "/v1/instances/";

    /// <summary>What comes after it.</summary>
    public const string After = "/feedback";

    /// <summary>True for a path of it.</summary>
    /// <param name="path">The path, still encoded.</param>
    public static bool IsPath(string path) =>
        path.StartsWith(Before, StringComparison.Ordinal) && path.EndsWith(After, StringComparison.Ordinal) && path.Length > Before.Length + After.Length && !path[Before.Length..^After.Length].Contains('/', StringComparison.Ordinal);

    /// <summary>Takes feedback.</summary>
    public async Task<ServiceAnswer> Post(HttpContext context, RequestTarget target, MacProviderClient client)
    {
        target.ReadOnlyParameter(string.Empty);
        RequestBody.RequireJson(context.Request);
        string instance = RequestTarget.Decode(target.Path[Before.Length..^After.Length]);
        var request = await RequestBody.ReadAsync(context.Request, FeedbackRequestReader.Read);
        InstanceFeedback.Validate(request);

        // Whoever asked and went away has it all the same.
        return new ServiceAnswer(200, ServiceJson.Write(await desk.ApplyAsync(instance, request, client)));
    }
}
