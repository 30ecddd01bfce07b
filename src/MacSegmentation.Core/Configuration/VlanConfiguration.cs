using System.Diagnostics.CodeAnalysis;
using MacSegmentation.Documents;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;
using MacSegmentation.Addressing;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Configuration;

/// <summary>A VLAN of the declarative document with all that belongs to it.</summary>
public sealed record VlanConfiguration : VlanSettings
{
    /// <summary>A VLAN of which nothing is said yet.</summary>
    public VlanConfiguration()
    {
    }

    [SetsRequiredMembers]
    private VlanConfiguration(VlanSettings settings)
        : base(settings)
    {
    }

    /// <summary>Who has which address, without those of handles, which come and go by themselves, and without the addresses that were taken from the pool for an interface record.</summary>
    public IReadOnlyList<AllocationConfiguration> Allocations { get; init; } = [];

    /// <summary>The policies; their order decides, not their place in the document.</summary>
    public IReadOnlyList<PolicyConfiguration> Policies { get; init; } = [];

    /// <summary>The reserved addresses, in any order.</summary>
    public IReadOnlyList<ReservationConfiguration> Reservations { get; init; } = [];

    /// <summary>The interface records, in any order.</summary>
    public IReadOnlyList<InterfaceConfiguration> Interfaces { get; init; } = [];

    /// <summary>Its members in the document: its own, and a list of each concept that belongs to a VLAN.</summary>
    internal static new DocumentObject<VlanConfiguration> Document { get; } = new DocumentObject<VlanConfiguration>("vlan", "a VLAN", new() { Id = 0 })
        .With(VlanSettings.Document)
        .List(
            "allocations",
            "Who has which address, without those of handles, which come and go by themselves, and without the addresses that are taken from the pool for an interface.",
            AllocationConfiguration.Document,
            vlan => vlan.Allocations,
            (vlan, allocations) => vlan with { Allocations = allocations })
        .List(
            "reservations",
            "Addresses of the pool that are neither given out nor free. What has one of them by name keeps it.",
            ReservationConfiguration.Document,
            vlan => vlan.Reservations,
            (vlan, reservations) => vlan with { Reservations = reservations })
        .List(
            "policies",
            "The policies; the first one by ascending order that matches a frame decides.",
            PolicyConfiguration.Document,
            vlan => vlan.Policies,
            (vlan, policies) => vlan with { Policies = policies })
        .List(
            "interfaces",
            "The interface records: virtual network adapters of machines, each of which can be a port of a switch.",
            InterfaceConfiguration.Document,
            vlan => vlan.Interfaces,
            (vlan, interfaces) => vlan with { Interfaces = interfaces });

    /// <summary>What a document says of a store's VLAN.</summary>
    internal static VlanConfiguration Read(IStoreReader store, MacVlan vlan)
    {
        var records = store.ListInterfaces(vlan.VlanId);

        // What was taken from the pool for a record comes and goes with the record.
        var recordsOwn = records.Where(record => record.HoldsAllocation).Select(record => record.MacAddress).ToHashSet();
        return new VlanConfiguration(Of(vlan))
        {
            Allocations = [.. store.ListAllocations(vlan.VlanId).Where(allocation => allocation.Handle.Length == 0 && !recordsOwn.Contains(allocation.MacAddress)).Select(
                allocation => new AllocationConfiguration { InstanceId = allocation.InstanceId, MacAddress = allocation.MacAddress })],
            Reservations = [.. store.ListReservations(vlan.VlanId).Select(ReservationConfiguration.Of)],
            Policies = [.. store.ListPolicies(vlan.VlanId).Select(PolicyConfiguration.Of)],
            Interfaces = [.. records.Select(InterfaceConfiguration.Of)],
        };
    }
}
