using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Partitions;
using MacSegmentation.Pools;
using MacSegmentation.SecurityTriggers;
using MacSegmentation.Stores;

namespace MacSegmentation.Renaming;

/// <summary>The rules for other names of instances and interface records: all that carries the name gets the new one, in the same transaction. Every method either throws before its first write or succeeds.</summary>
public static class RecordRenaming
{
    /// <summary>Gives an interface record another name. The instance that it belongs to keeps its own.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The record.</param>
    /// <param name="newName">Its name from now on.</param>
    /// <returns>The record as it is now.</returns>
    /// <exception cref="MacSegmentationException">InvalidInterfaceName, InterfaceNotFound, InterfaceNameReserved, InterfaceExists.</exception>
    public static MacInterface RenameInterface(IStoreWriter store, string name, string newName)
    {
        var before = InterfaceCatalog.Get(store, name);
        InterfaceCatalog.RequireNewName(store, before, newName);
        if (string.Equals(before.Name, newName, StringComparison.Ordinal))
        {
            return before;
        }

        var after = Rename(store, before, newName, newInstance: null);
        store.AppendAudit(new AuditEntry(AuditAction.RenameInterface, after.VlanId, before.Name, $"now '{after.Name}'"));
        return after;
    }

    /// <summary>Gives an instance another name: its allocations, its handles, its interface records, and the record or the instance of a session that is called like it.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The instance.</param>
    /// <param name="newName">Its name from now on, which no other instance has.</param>
    /// <exception cref="MacSegmentationException">
    /// InvalidInstanceId, InstanceNotFound, InstanceExists, HandleOfProvider; InvalidInterfaceName, InterfaceNameReserved, InterfaceExists if a record is called like it.
    /// </exception>
    public static RenamedInstance RenameInstance(IStoreWriter store, string name, string newName)
    {
        ArgumentNullException.ThrowIfNull(store);
        AddressPool.ValidateInstanceId(name);
        AddressPool.ValidateInstanceId(newName);
        var allocations = store.ListAllocations(instanceId: name);
        var handles = store.ListHandlesOf(name);
        var named = store.FindInterface(name) is { } record && (AreSame(record.InstanceId, name) || store.FindInstance(name) is not null) ? record : null;
        List<MacInterface> records = [.. store.ListInterfaces(instanceId: name)];
        if (named is not null && !records.Exists(other => other.InterfaceId == named.InterfaceId))
        {
            records.Add(named);
        }

        if (allocations.Count == 0 && handles.Count == 0 && records.Count == 0)
        {
            throw new MacSegmentationException(
                "InstanceNotFound",
                MacErrorKind.NotFound,
                $"'{name}' has no address, no handle and no interface record. List who has with Get-MacAllocation and Get-MacInterface.",
                name);
        }

        if (!AreSame(name, newName))
        {
            RequireUnused(store, newName);
        }

        if (handles.FirstOrDefault(handle => handle.Provider.Length > 0) is { } told)
        {
            throw new MacSegmentationException(
                "HandleOfProvider",
                MacErrorKind.InUse,
                $"The handle '{told.Handle}' of '{name}' is kept by provider '{told.Provider}', which would go on with the old name. Have the device ask there once more as '{newName}' with -Replace; the others are renamed then.",
                told.Handle);
        }

        if (named is not null)
        {
            InterfaceCatalog.RequireNewName(store, named, newName);
        }

        foreach (var allocation in allocations)
        {
            store.DeleteAllocation(allocation.MacAddress);
            store.InsertAllocation(allocation with { InstanceId = newName });
        }

        foreach (var handle in handles)
        {
            store.UpdateHandle(handle with { InstanceId = newName });
        }

        foreach (var one in records)
        {
            string instance = AreSame(one.InstanceId, name) ? newName : one.InstanceId;
            if (one.InterfaceId == named?.InterfaceId)
            {
                Rename(store, one, newName, instance);
            }
            else
            {
                store.UpdateInterface(one with { InstanceId = instance });
            }
        }

        var renamed = new RenamedInstance { InstanceId = newName, FormerId = name, Allocations = allocations.Count, Interfaces = records.Count, Handles = handles.Count };
        store.AppendAudit(new AuditEntry(AuditAction.RenameInstance, VlanId: 0, name, $"now '{newName}': {renamed.Describe()}"));
        return renamed;
    }

    /// <summary>What names the record is taken off while it has no name yet, and put back.</summary>
    private static MacInterface Rename(IStoreWriter store, MacInterface before, string newName, string? newInstance)
    {
        var holds = store.ListTriggerHolds(before.Name);
        var instance = store.FindInstance(before.Name);
        var adjustment = instance is null ? null : store.FindAdjustment(before.Name);
        foreach (var hold in holds)
        {
            store.DeleteTriggerHold(hold);
        }

        if (adjustment is not null)
        {
            store.DeleteAdjustment(adjustment);
        }

        if (instance is not null)
        {
            store.DeleteInstance(instance);
        }

        var after = InterfaceCatalog.Rename(store, before, newName, newInstance);
        if (instance is not null)
        {
            store.InsertInstance(instance with { Name = newName });
        }

        if (adjustment is not null)
        {
            store.InsertAdjustment(adjustment with { Instance = newName });
        }

        foreach (var hold in holds)
        {
            store.PutTriggerHold(hold with { Interface = newName });
        }

        foreach (var trigger in store.ListSecurityTriggers().Where(trigger => AreSame(trigger.Interface, before.Name) || AreSame(trigger.LastFiredInterface, before.Name)))
        {
            store.UpdateSecurityTrigger(trigger with
            {
                Interface = AreSame(trigger.Interface, before.Name) ? newName : trigger.Interface,
                LastFiredInterface = AreSame(trigger.LastFiredInterface, before.Name) ? newName : trigger.LastFiredInterface,
            });
        }

        foreach (var policy in store.ListPartitions().SelectMany(partition => partition.Policy).Where(policy => AreSame(policy.To, before.Name)))
        {
            store.UpdatePartitionPolicy(policy with { To = newName });
        }

        return after;
    }

    private static void RequireUnused(IStoreReader store, string name)
    {
        string? use = store.ListAllocations(instanceId: name) is [var allocation, ..] ? $"has {allocation.MacAddress} of VLAN {allocation.VlanId}"
            : store.ListInterfaces(instanceId: name) is [var record, ..] ? $"has interface '{record.Name}'"
            : store.ListHandlesOf(name) is [var handle, ..] ? $"shows the handle '{handle.Handle}'"
            : null;
        if (use is not null)
        {
            throw new MacSegmentationException(
                "InstanceExists", MacErrorKind.AlreadyExists, $"There is an instance '{name}' already: it {use}. Give another name.", name);
        }
    }

    private static bool AreSame(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
