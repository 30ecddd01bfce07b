using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using MacSegmentation.Clients;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.ProviderRuntime;
using Microsoft.AspNetCore.Http;

namespace MacSegmentation.Provision;

/// <summary>What can be done with addresses: ask for one, look at a handle's, give it up.</summary>
/// <param name="service">What answers.</param>
/// <param name="limits">What clients may have.</param>
/// <param name="time">The clock.</param>
internal sealed class AddressEndpoints(IHandleService service, ServiceLimits limits, TimeProvider time)
{
    /// <summary>Where addresses are.</summary>
    public const string Path = "/v1/addresses";

    private const string InstanceParameter = "instanceId";

    private readonly IdempotencyKeys keys = new(limits, time);

    /// <summary>Gives a device its address.</summary>
    public async Task<ServiceAnswer> Request(HttpContext context, RequestTarget target, MacProviderClient client)
    {
        target.ReadOnlyParameter(string.Empty);
        var headers = context.Request.Headers;
        RequestBody.RequireJson(context.Request);
        string? key = headers.TryGetValue("Idempotency-Key", out var field) ? IdempotencyKeys.Parse(field.ToString()) : null;
        var (request, digest) = await RequestBody.ReadAsync(
            context.Request, body => (AddressRequestReader.Read(body), key is null ? string.Empty : Convert.ToHexString(SHA256.HashData(body.ToArray()))));
        HandleRegistry.Validate(request);
        if (request.Handle.Text is "." or "..")
        {
            // Whoever reads a URI takes them out of it (RFC 3986 section 6.2.2.3): such a handle could never be looked at again, and its DELETE would go elsewhere.
            throw new ServiceError(400, "InvalidHandle", $"'{request.Handle}' is a step in a path, and no name of a device. Show a handle of the device's own.");
        }

        RequireVlan(client, request.VlanId);
        request = request with { Party = client.ToParty() };
        RequireReady();
        return key is null
            ? await Decide(request)
            : await keys.AnswerOnce(client, key, $"POST {digest}", () => DecideOrRefuse(Decide(request)));
    }

    /// <summary>Why devices are not answered.</summary>
    public static ServiceError NotReady() =>
        new(503, "NotReady", "Devices cannot be answered now: the store cannot be read, was not read yet, or is not this provider's to answer from any more.");

    /// <summary>The record of a handle.</summary>
    public ServiceAnswer Get(RequestTarget target, MacProviderClient client)
    {
        var (handle, instanceId) = ReadName(target);
        return new ServiceAnswer(200, ServiceJson.Write(FindRecord(handle, instanceId, client)));
    }

    /// <summary>Gives up a handle's address.</summary>
    public async Task<ServiceAnswer> Release(HttpContext context, RequestTarget target, MacProviderClient client)
    {
        var (handle, instanceId) = ReadName(target);
        return context.Request.Headers.TryGetValue("Idempotency-Key", out var field)
            ? await keys.AnswerOnce(
                client, IdempotencyKeys.Parse(field.ToString()), $"DELETE {handle.Text}\n{instanceId}", () => DecideOrRefuse(Release(handle, instanceId, client)))
            : await Release(handle, instanceId, client);
    }

    private static (DeviceHandle Handle, string InstanceId) ReadName(RequestTarget target) =>
        (DeviceHandle.Parse(RequestTarget.Decode(target.Path[(Path.Length + 1)..])), target.ReadOnlyParameter(InstanceParameter));

    /// <summary>Refuses a client whose token is for something else.</summary>
    public static void RequireScope(MacProviderClient client, ClientScopes scope)
    {
        if (!client.Allows(scope))
        {
            throw new ServiceError(403, "ScopeMissing", $"This client's token does not allow that: it takes the scope {scope.ToString().Replace(", ", " or ", StringComparison.Ordinal)}. Ask with another client's token, or have the scope added with Set-MacProviderClient.");
        }
    }

    /// <summary>Refuses a client that may not use a VLAN.</summary>
    public static void RequireVlan(MacProviderClient client, int vlanId)
    {
        if (!client.MayUse(vlanId))
        {
            throw new ServiceError(403, "VlanForbidden", $"This client may not use VLAN {vlanId}. Ask in a VLAN that GET /v1/pools lists, or have the client made for this one too.");
        }
    }

    /// <summary>A refusal by the rules is an answer like any other: it too is given again under the same key.</summary>
    private static async Task<ServiceAnswer> DecideOrRefuse(Task<ServiceAnswer> deciding)
    {
        try
        {
            return await deciding;
        }
        catch (MacSegmentationException error) when (!Problems.IsOwnTrouble(error))
        {
            return Problems.Of(error);
        }
    }

    private static string LocationOf(MacAssignment assignment) =>
        $"{Path}/{Uri.EscapeDataString(assignment.Handle)}{(assignment.InstanceId.Length == 0 ? string.Empty : $"?{InstanceParameter}={Uri.EscapeDataString(assignment.InstanceId)}")}";

    private async Task<ServiceAnswer> Decide(HandleRequest request)
    {
        // Who asked for an address and went away has it all the same: it is the handle's, and the next request is told it.
        var assignment = service.Find(request) ?? await service.RequestAsync(request, CancellationToken.None);
        return assignment.Outcome is AssignmentOutcome.Existing or AssignmentOutcome.Replaced
            ? new ServiceAnswer(200, ServiceJson.Write(assignment))
            : new ServiceAnswer(201, ServiceJson.Write(assignment)) { Location = LocationOf(assignment) };
    }

    private async Task<ServiceAnswer> Release(DeviceHandle handle, string instanceId, MacProviderClient client)
    {
        FindRecord(handle, instanceId, client);
        return new ServiceAnswer(200, ServiceJson.Write(await service.ReleaseAsync(handle, instanceId, client.ToParty(), CancellationToken.None)));
    }

    /// <summary>The record, if the client may know of it: a handle of another, or of a VLAN that it may not use, is like one that nobody has shown.</summary>
    private MacHandle FindRecord(DeviceHandle handle, string instanceId, MacProviderClient client)
    {
        RequireReady();
        return service.FindHandle(handle, instanceId, client.ToParty()) is { } record && client.MayUse(record.VlanId)
            ? record
            : throw new ServiceError(
                404,
                "HandleNotFound",
                $"The handle '{handle}'{(instanceId.Length > 0 ? $" of instance '{instanceId}'" : string.Empty)} is not known among this client's, in the VLANs that it may use. Ask for its address with POST {Path}.");
    }

    /// <summary>A provider that was removed, or whose blocks another one has, must not go on.</summary>
    private void RequireReady()
    {
        if (!service.IsReady)
        {
            throw NotReady();
        }
    }
}
