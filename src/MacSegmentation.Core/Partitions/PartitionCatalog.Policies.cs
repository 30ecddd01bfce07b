using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Vlans;

namespace MacSegmentation.Partitions;

public static partial class PartitionCatalog
{
    private const int MinEtherType = 0x0600;
    private const int MaxEtherType = 0xFFFF;
    private const int IPv4 = 0x0800;
    private const int IPv6 = 0x86DD;

    /// <summary>The policy.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="policyId">Its number.</param>
    /// <exception cref="MacSegmentationException">PartitionPolicyNotFound.</exception>
    public static MacPartitionPolicy GetPolicy(IPartitionReader store, long policyId)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.FindPartitionPolicy(policyId) ?? throw new MacSegmentationException(
            "PartitionPolicyNotFound",
            MacErrorKind.NotFound,
            $"Policy {policyId} of a partition does not exist. List the policies with Get-MacPartitionPolicy.",
            policyId);
    }

    /// <summary>Adds a policy to a partition.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="request">What it is made from.</param>
    /// <exception cref="MacSegmentationException">
    /// InvalidPartitionName, PartitionNotFound, VlanNotFound, PortsNeedTcpOrUdp, InvalidPortRange, InvalidEtherType, RedirectWithoutPort, PortWithoutRedirect, InvalidOrder,
    /// PartitionPolicyOrderTaken, PartitionPolicyExists.
    /// </exception>
    public static MacPartitionPolicy AddPolicy(IPartitionWriter store, PartitionPolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var partition = Get(store, request.Partition);
        var policy = MakePolicy(request) with { Partition = partition.Name, Order = request.Order ?? (partition.Policy.Count == 0 ? 1 : partition.Policy[^1].Order + 1) };
        policy = policy with { Peer = FindPeer(store, policy.Peer) };
        RequireFree(partition, policy);
        policy = store.InsertPartitionPolicy(policy);
        store.AppendAudit(new AuditEntry(AuditAction.AddPartitionPolicy, NoVlan, policy.ToString(), $"to partition '{partition.Name}' as {policy.Order}"));
        return policy;
    }

    /// <summary>Changes a policy to what a request says; its partition stays.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="policyId">The policy.</param>
    /// <param name="change">Makes the request of what the policy was.</param>
    /// <returns>The policy as it is now.</returns>
    /// <exception cref="MacSegmentationException">PartitionPolicyNotFound, and what <see cref="AddPolicy"/> says.</exception>
    public static MacPartitionPolicy ChangePolicy(IPartitionWriter store, long policyId, Func<PartitionPolicyRequest, PartitionPolicyRequest> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var before = GetPolicy(store, policyId);
        var request = change(ToRequest(before));
        var after = MakePolicy(request) with { PolicyId = policyId, Partition = before.Partition, Order = request.Order ?? before.Order };
        after = after with { Peer = FindPeer(store, after.Peer) };
        if (IsSame(before, after) && before.Order == after.Order)
        {
            return before;
        }

        RequireFree(Get(store, before.Partition), after);
        store.UpdatePartitionPolicy(after);
        store.AppendAudit(new AuditEntry(AuditAction.ChangePartitionPolicy, NoVlan, after.ToString(), $"of partition '{after.Partition}' as {after.Order}, was {before}"));
        return after;
    }

    /// <summary>Removes a policy.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="policyId">Its number.</param>
    /// <returns>The policy as it was.</returns>
    /// <exception cref="MacSegmentationException">PartitionPolicyNotFound.</exception>
    public static MacPartitionPolicy RemovePolicy(IPartitionWriter store, long policyId)
    {
        var policy = GetPolicy(store, policyId);
        store.DeletePartitionPolicy(policyId);
        store.AppendAudit(new AuditEntry(AuditAction.RemovePartitionPolicy, NoVlan, policy.ToString(), $"of partition '{policy.Partition}'"));
        return policy;
    }

    /// <summary>The policy that a request asks for, as it would be stored but for its place and the spelling of names.</summary>
    /// <exception cref="MacSegmentationException">PortsNeedTcpOrUdp, InvalidPortRange, InvalidEtherType, RedirectWithoutPort, PortWithoutRedirect, InvalidOrder.</exception>
    internal static MacPartitionPolicy MakePolicy(PartitionPolicyRequest request)
    {
        if (request.Port.Count > 0 && !request.Protocol.HasPorts)
        {
            throw new MacSegmentationException(
                "PortsNeedTcpOrUdp",
                MacErrorKind.InvalidArgument,
                $"A policy for protocol {request.Protocol} cannot name ports. Give -Protocol Tcp or Udp with them, or leave the ports out.",
                request.Protocol);
        }

        RequireEtherType(request);
        RequireTarget(request);
        if (request.Order is < 1)
        {
            throw new MacSegmentationException("InvalidOrder", MacErrorKind.InvalidArgument, $"{request.Order} is no place in a list. Give a number from 1, or none for the last place.", request.Order);
        }

        return new MacPartitionPolicy
        {
            Partition = request.Partition,
            Peer = request.Peer,
            Direction = request.Direction,
            EtherType = request.EtherType,
            Protocol = request.Protocol,
            Port = PortRanges.Join(request.Port),
            Action = request.Action,
            To = string.IsNullOrWhiteSpace(request.To) ? null : request.To,
            IsStaged = request.IsStaged,
        };
    }

    internal static PartitionPolicyRequest ToRequest(MacPartitionPolicy policy) => new()
    {
        Partition = policy.Partition,
        Peer = policy.Peer,
        Direction = policy.Direction,
        EtherType = policy.EtherType,
        Protocol = policy.Protocol,
        Port = policy.Port,
        Action = policy.Action,
        To = policy.To,
        Order = policy.Order,
        IsStaged = policy.IsStaged,
    };

    /// <summary>True if two policies of one partition say the same, whatever their places.</summary>
    internal static bool IsSame(MacPartitionPolicy left, MacPartitionPolicy right) =>
        IsSameMatch(left, right) && left.Action == right.Action && AreSame(left.To, right.To) && left.IsStaged == right.IsStaged;

    private static bool IsSameMatch(MacPartitionPolicy left, MacPartitionPolicy right) =>
        left.Peer.Kind == right.Peer.Kind
        && left.Peer.VlanId == right.Peer.VlanId
        && AreSame(left.Peer.PartitionName, right.Peer.PartitionName)
        && left.Direction == right.Direction
        && left.EtherType == right.EtherType
        && left.Protocol == right.Protocol
        && left.Port.SequenceEqual(right.Port);

    private static void RequireFree(MacPartition partition, MacPartitionPolicy policy)
    {
        foreach (var other in partition.Policy.Where(other => other.PolicyId != policy.PolicyId))
        {
            if (other.Order == policy.Order)
            {
                throw new MacSegmentationException(
                    "PartitionPolicyOrderTaken",
                    MacErrorKind.AlreadyExists,
                    $"Partition '{partition.Name}' has policy {other.PolicyId} ({other}) at place {policy.Order}. Give another place, or none for the last.",
                    policy.Order);
            }

            if (IsSame(other, policy))
            {
                throw new MacSegmentationException(
                    "PartitionPolicyExists",
                    MacErrorKind.AlreadyExists,
                    $"Partition '{partition.Name}' has the policy '{other}' already, with number {other.PolicyId}. Leave it, or give another one.",
                    policy);
            }
        }
    }

    private static PartitionPeer FindPeer(IPartitionReader store, PartitionPeer peer)
    {
        if (peer.Kind == PeerKind.Vlan)
        {
            VlanCatalog.Get(store, peer.VlanId);
        }

        return peer.PartitionName is { } name
            ? PartitionPeer.OfPartition((store.FindPartition(ValidateName(name)) ?? throw NotFound($"The peer, partition '{name}',", name)).Name)
            : peer;
    }

    private static void RequireEtherType(PartitionPolicyRequest request)
    {
        if (request.EtherType is { } type && type is < MinEtherType or > MaxEtherType)
        {
            throw InvalidEtherType($"{request.EtherType} is no EtherType. Give a number from 0x0600 to 0xffff, such as 0x88cc.", request.EtherType);
        }

        if (request.Protocol != IpProtocol.Any && request.EtherType is { } other && other is not (IPv4 or IPv6))
        {
            throw InvalidEtherType($"Frames of EtherType 0x{other:x4} have no protocol {request.Protocol}. Leave one of them out.", request.EtherType);
        }
    }

    private static MacSegmentationException InvalidEtherType(string message, object? target) => new("InvalidEtherType", MacErrorKind.InvalidArgument, message, target);

    private static void RequireTarget(PartitionPolicyRequest request)
    {
        bool hasTarget = !string.IsNullOrWhiteSpace(request.To);
        if (request.Action is PartitionAction.Redirect or PartitionAction.Mirror ? !hasTarget : hasTarget)
        {
            throw hasTarget
                ? new MacSegmentationException(
                    "PortWithoutRedirect", MacErrorKind.InvalidArgument, $"{request.Action} sends to no port, and {request.To} is named. Leave -To out, or give -Action Redirect or Mirror.", request.To)
                : new MacSegmentationException(
                    "RedirectWithoutPort", MacErrorKind.InvalidArgument, $"{request.Action} needs the port that it sends to. Name it with -To: an interface record, or an adapter of the enforcer.", request.Action);
        }
    }
}
