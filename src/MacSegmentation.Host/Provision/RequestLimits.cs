using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using MacSegmentation.Clients;
using MacSegmentation.Rates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace MacSegmentation.Provision;

/// <summary>Which requests are sent away: what is beyond the number that is answered at once, and what a client asks beyond its rate.</summary>
internal static class RequestLimits
{
    /// <summary>The partition of requests that are not limited. Clients are numbered from 1.</summary>
    private const long Unlimited = 0;

    /// <summary>Holds all clients together to a number of requests at once, but not those who ask how the service is.</summary>
    /// <param name="limits">The number.</param>
    /// <param name="slots">The places.</param>
    /// <remarks>A request can give its place back before it ends (<see cref="RequestSlot"/>), which the framework's limiter has no way for: one that only waits hinders nobody.</remarks>
    public static Func<HttpContext, RequestDelegate, Task> AtOnce(ServiceLimits limits, RequestSlots slots)
    {
        return async (context, next) =>
        {
            if (ProviderService.IsHealthCheck(context))
            {
                await next(context);
                return;
            }

            using var slot = slots.TryTake();
            if (slot is null)
            {
                await Problems.Of(Busy(limits)).SendAsync(context);
                return;
            }

            context.Features.Set(slot);
            await next(context);
        };
    }

    /// <summary>There is no place for a request.</summary>
    /// <param name="limits">The number of places.</param>
    public static ServiceError Busy(ServiceLimits limits) =>
        new(503, "ServiceBusy", $"The service is answering {limits.Concurrent} requests, as many as it may at once. Ask again in a second.");

    /// <summary>Leaves each client some places of those that are answered at once, whatever another one asks.</summary>
    /// <param name="limits">The number for one client.</param>
    public static Func<HttpContext, RequestDelegate, Task> AtOnceOfClient(ServiceLimits limits)
    {
        var clients = new ConcurrentDictionary<long, RequestSlots>();
        return async (context, next) =>
        {
            if (context.Features.Get<MacProviderClient>() is not { } client || context.Features.Get<RequestSlot>() is not { } slot)
            {
                await next(context);
                return;
            }

            slot.OfClient = clients.GetOrAdd(client.ClientId, _ => new RequestSlots(limits.ConcurrentOfClient)).TryTake();
            if (slot.OfClient is null)
            {
                await Problems.Create(
                    429, "ClientBusy", $"The service is answering {limits.ConcurrentOfClient} requests of this client, as many as it may have at once. Ask again in a second.").SendAsync(context);
                return;
            }

            await next(context);
        };
    }

    /// <summary>Holds each client to a number of requests a second; who is not known is sent away for that.</summary>
    /// <param name="limits">The number, at least 1.</param>
    /// <param name="time">The clock.</param>
    public static RateLimiterOptions ASecond(ServiceLimits limits, TimeProvider time) => new()
    {
        GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, long>(context => context.Features.Get<MacProviderClient>() is { } client
            ? RateLimitPartition.Get(client.ClientId, _ => new TokenBucket(limits.Rate, time))
            : RateLimitPartition.GetNoLimiter(Unlimited)),
        OnRejected = (rejected, _) => Problems.Create(
            429, "RateExceeded", $"This client may ask {limits.Rate} times a second, and did. Ask again in a second.").SendAsync(rejected.HttpContext),
    };
}
