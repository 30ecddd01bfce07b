using MacSegmentation.Addressing;
using MacSegmentation.Clients;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.Pools;

namespace MacSegmentation.ProviderRuntime;

/// <summary>What a service answers devices from. Every member may be called from any thread.</summary>
public interface IHandleService
{
    /// <summary>True once devices can be answered.</summary>
    bool IsReady { get; }

    /// <summary>Why devices should be sent elsewhere: they cannot be answered, or those that are new cannot; null if nothing is the matter.</summary>
    ServiceTrouble? Trouble => IsReady
        ? null
        : new("NotReady", "Devices cannot be answered now: the store cannot be read, was not read yet, or is not this provider's to answer from any more.");

    /// <summary>The answer to a request that changes nothing, or null if <see cref="RequestAsync"/> has to decide. Takes microseconds.</summary>
    /// <param name="request">What the device asks for.</param>
    MacAssignment? Find(HandleRequest request);

    /// <summary>Gives a device its address; what comes back is durable.</summary>
    /// <param name="request">What the device asks for.</param>
    /// <param name="cancellationToken">Ends the waiting, not what is under way.</param>
    /// <exception cref="MacSegmentationException">
    /// As <see cref="HandleRegistry.Request"/>; HandleUndecidable, of kind Unavailable: it takes the shared store, which cannot be reached now.
    /// </exception>
    Task<MacAssignment> RequestAsync(HandleRequest request, CancellationToken cancellationToken);

    /// <summary>The consecutive addresses that a device would get now. Changes nothing, and promises nothing.</summary>
    /// <param name="request">What the device asks for.</param>
    /// <param name="cancellationToken">Ends the waiting, not what is under way.</param>
    /// <exception cref="MacSegmentationException">As <see cref="HandleRun.Offer"/>; HandleUndecidable.</exception>
    Task<MacRange> OfferRunAsync(RunRequest request, CancellationToken cancellationToken);

    /// <summary>Gives a device its consecutive addresses; what comes back is durable.</summary>
    /// <param name="request">What the device asks for.</param>
    /// <param name="cancellationToken">Ends the waiting, not what is under way.</param>
    /// <returns>The addresses, ascending.</returns>
    /// <exception cref="MacSegmentationException">As <see cref="HandleRun.Request"/>; HandleUndecidable.</exception>
    Task<IReadOnlyList<MacAssignment>> RequestRunAsync(RunRequest request, CancellationToken cancellationToken);

    /// <summary>Gives up all addresses of a run on its owner's word; what comes back is durable.</summary>
    /// <param name="handle">The run's handle.</param>
    /// <param name="party">Who gives them up.</param>
    /// <param name="cancellationToken">Ends the waiting, not what is under way.</param>
    /// <exception cref="MacSegmentationException">As <see cref="HandleRun.Release"/>; HandleUndecidable.</exception>
    Task<IReadOnlyList<MacHandle>> ReleaseRunAsync(DeviceHandle handle, HandleParty party, CancellationToken cancellationToken);

    /// <summary>The record of a handle, or null if the party has none.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="instanceId">The instance; empty for the record of the handle itself.</param>
    /// <param name="party">Who asks.</param>
    MacHandle? FindHandle(DeviceHandle handle, string instanceId, HandleParty party);

    /// <summary>Gives up a handle's address on its owner's word; what comes back is durable.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="instanceId">The instance; empty for the record of the handle itself.</param>
    /// <param name="party">Who gives it up.</param>
    /// <param name="cancellationToken">Ends the waiting, not what is under way.</param>
    /// <exception cref="MacSegmentationException">As <see cref="HandleRegistry.Release"/>; HandleUndecidable.</exception>
    Task<MacHandle> ReleaseAsync(DeviceHandle handle, string instanceId, HandleParty party, CancellationToken cancellationToken);

    /// <summary>How full the pools are that addresses are given out of, by VLAN.</summary>
    IReadOnlyList<MacPool> ListPools();

    /// <summary>The client with a token of this digest, or null. Takes microseconds.</summary>
    /// <param name="digest">SHA-256 of the token, 32 octets.</param>
    MacProviderClient? FindClient(ReadOnlySpan<byte> digest);

    /// <summary>The client of this name, or null. Takes microseconds.</summary>
    /// <param name="name">The name, in any case.</param>
    MacProviderClient? FindClient(string name);
}
