using System.Net;
using System.Text;
using System.Text.Json;
using MacSegmentation.Addressing;

namespace MacSegmentation.Provision.Faults;

/// <summary>A client with devices of its own, which asks for one after the other.</summary>
/// <remarks>
/// Which promise is checked when. A device asks at one site, and at another only after that one shows its address as held (a GET, which reads the site's own store):
/// then the shared store knows the answer and so does the site, so both must go on answering it, whoever is killed meanwhile. Two sites that are asked for a new
/// handle at once may answer differently if the shared store is lost in between, and tell so: the handles for which a client does that on purpose
/// begin with <see cref="Contested"/>, and only they may be told of a conflict. A device that wants to give its address up does not ask for it before that is
/// certain: a refusal may be a lost answer.
/// </remarks>
internal sealed class FleetClient(int number, IReadOnlyList<FleetSite> sites, DeviceLog log, Random random)
{
    /// <summary>How the handles begin that are asked for at two sites at once.</summary>
    public const string Contested = "urn:contested:";

    private const int Shared = 30;
    private readonly List<Device> devices = [];
    private readonly Device[] shared = [.. Enumerable.Range(0, Shared).Select(i => new Device($"urn:shared:{i}", sites[i % sites.Count]))];
    private int contested;

    /// <summary>Asks until all have asked enough.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!log.IsDone)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int draw = random.Next(100);
            if (draw < 20 || devices.Count == 0)
            {
                var device = new Device($"urn:client{number}:device{devices.Count}", sites[random.Next(sites.Count)]);
                devices.Add(device);
                await AskAsync(device, cancellationToken);
            }
            else if (draw < 30)
            {
                await AskAsync(shared[random.Next(Shared)], cancellationToken);
            }
            else if (draw < 31)
            {
                string handle = $"{Contested}{number}:{contested++}";
                await Task.WhenAll(sites.Take(2).Select(site => AskAsync(new Device(handle, site), cancellationToken)));
            }
            else
            {
                await GoOnAsync(devices[random.Next(devices.Count)], draw, cancellationToken);
            }
        }
    }

    private async Task GoOnAsync(Device device, int draw, CancellationToken cancellationToken)
    {
        if (device.IsReleasing || (draw < 40 && device.Address is not null))
        {
            await ReleaseAsync(device, cancellationToken);
        }
        else if (draw < 55 && device.Address is { } address)
        {
            var other = sites[random.Next(sites.Count)];
            if (other != device.Site && await IsKnownAsync(other, device.Handle, address, cancellationToken))
            {
                device.Site = other;
                await AskAsync(device, cancellationToken);
            }
        }
        else
        {
            await AskAsync(device, cancellationToken);
        }
    }

    private async Task AskAsync(Device device, CancellationToken cancellationToken)
    {
        var (status, body) = await SendAsync(device.Handle, device.Site, HttpMethod.Post, "/v1/addresses", $$"""{"handle":"{{device.Handle}}","vlanId":10}""", cancellationToken);
        if (status is HttpStatusCode.OK or HttpStatusCode.Created)
        {
            var address = MacAddress.Parse(body!.Value.GetProperty("macAddress").GetString()!);
            log.Answer(device.Handle, device.Site.Name, address);
            device.Address = address;
        }
        else if (status is not (null or HttpStatusCode.ServiceUnavailable))
        {
            throw new InvalidOperationException($"{device.Site.Name} answered {status} to {device.Handle}: {body}");
        }
    }

    private async Task ReleaseAsync(Device device, CancellationToken cancellationToken)
    {
        if (!device.IsReleasing)
        {
            log.Release(device.Handle, device.Site.Name);
            device.IsReleasing = true;
            device.Address = null;
        }

        var (status, body) = await SendAsync(device.Handle, device.Site, HttpMethod.Delete, $"/v1/addresses/{Uri.EscapeDataString(device.Handle)}", content: null, cancellationToken);
        switch (status)
        {
            case HttpStatusCode.OK or HttpStatusCode.NoContent:
            case HttpStatusCode.Conflict when body?.GetProperty("errorId").GetString() is "HandleNotHeld":
                device.IsReleasing = false;
                break;
            case null or HttpStatusCode.ServiceUnavailable:
                break;
            default:
                throw new InvalidOperationException($"{device.Site.Name} answered {status} to the release of {device.Handle}: {body}");
        }
    }

    private async Task<bool> IsKnownAsync(FleetSite site, string handle, MacAddress address, CancellationToken cancellationToken)
    {
        var (status, body) = await SendAsync(handle, site, HttpMethod.Get, $"/v1/addresses/{Uri.EscapeDataString(handle)}", content: null, cancellationToken);
        return status is HttpStatusCode.OK
            && body!.Value.GetProperty("state").GetString() is "held"
            && MacAddress.Parse(body.Value.GetProperty("macAddress").GetString()!) == address;
    }

    /// <summary>One request; no status if it was not answered.</summary>
    private async Task<(HttpStatusCode? Status, JsonElement? Body)> SendAsync(
        string handle, FleetSite site, HttpMethod method, string path, string? content, CancellationToken cancellationToken)
    {
        if (site.Client is not { } client)
        {
            // There are other devices to ask for, unless all sites are down.
            await await Task.WhenAny(sites.Select(other => other.WhenRunningAsync(cancellationToken)));
            return (null, null);
        }

        log.Count();
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = content is null ? null : RunningService.Json(content) };
            using var answer = await client.SendAsync(request, cancellationToken);
            byte[] body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            log.Tell($"{method} {site.Name}: {(int)answer.StatusCode} {Encoding.UTF8.GetString(body)}", handle);
            return (answer.StatusCode, body.Length == 0 ? null : JsonElement.Parse(body));
        }
        catch (Exception error) when (error is HttpRequestException or IOException or ObjectDisposedException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // It was killed, and the answer with it.
            log.Tell($"{method} {site.Name}: no answer", handle);
            return (null, null);
        }
    }
}
