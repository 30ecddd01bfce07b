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
    /// <remarks>A request can give its place back before it ends (<see cref="RequestSlot"/>), which the framework's limiter has no way for: one that only waits hinders nobody.</remarks>
    public static Func<HttpContext, RequestDelegate, Task> AtOnce(ServiceLimits limits)
    {
        var slots = new RequestSlots(limits.Concurrent);
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
                await Problems.Create(
                    503, "ServiceBusy", $"The service is answering {limits.Concurrent} requests, as many as it may at once. Ask again in a second.").SendAsync(context);
                return;
            }

            context.Features.Set(slot);
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
