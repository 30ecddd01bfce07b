namespace MacSegmentation.Handles;

/// <summary>
/// Handles and their addresses in the words of their description, with nothing but lists: addresses are numbers, 0 to 4 are VLAN 10's pool, 5 and 6 VLAN 20's, which
/// admits out-of-pool ones. Each answer is an address with how it came, or the id of a refusal.
/// </summary>
internal sealed class PlainRegistry
{
    public const int ReuseDelay = 2;
    public const int Pooled = 7;

    // When it came back, until when it is held down by an administrator's word, and from whom, for what was used and is not.
    private readonly Dictionary<int, (int Back, int Until, PlainHandle From)> heldDown = [];
    private readonly HashSet<int> machines = [];
    private int now;

    public List<PlainHandle> Handles { get; } = [];

    public int HeldDown(int vlan) => heldDown.Count(rest => PoolOf(rest.Key) == vlan && !IsHoldDownOver(rest.Value));

    public int Used(int vlan) => Held().Concat(machines).Count(address => PoolOf(address) == vlan);

    public int Free(int vlan) => Enumerable.Range(0, Pooled).Count(address => PoolOf(address) == vlan) - Used(vlan) - HeldDown(vlan);

    /// <summary>Does what a step says.</summary>
    public string Take(HandleStep step)
    {
        string name = $"h{step.Handle}";
        switch (step.Action)
        {
            case HandleAction.Request:
                return Request(step, name);
            case HandleAction.Release or HandleAction.Revoke:
                var record = Find(name, step.Instance);
                if (record is null || (step.Instance.Length > 0 && record.Instance.Length > 0 && !Same(record.Instance, step.Instance)))
                {
                    return "HandleNotFound";
                }

                if (record.State is not HandleState.Held)
                {
                    return "HandleNotHeld";
                }

                record.State = step.Action is HandleAction.Release ? HandleState.Released : HandleState.Revoked;
                if (record.Address < Pooled)
                {
                    heldDown[record.Address] = (now, step.Action is HandleAction.Release ? 0 : now + step.Seconds, record);
                }

                return $"{record.State} {record.Address}";
            case HandleAction.Allocate:
                if (Next(10) is not { } address)
                {
                    return "PoolExhausted";
                }

                machines.Add(address);
                return $"{address}";
            default:
                now += step.Seconds;
                return string.Empty;
        }
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static int PoolOf(int address) => address < 5 ? 10 : address < Pooled ? 20 : 0;

    private IEnumerable<int> Held() => Handles.Where(handle => handle.State is HandleState.Held).Select(handle => handle.Address);

    private bool IsTaken(int address) => Held().Contains(address) || machines.Contains(address);

    private bool IsHoldDownOver((int Back, int Until, PlainHandle From) rest) => rest.Back + ReuseDelay <= now && rest.Until <= now;

    /// <summary>A clone's own record, or else the one of the handle itself.</summary>
    private PlainHandle? Find(string name, string instance)
    {
        var itself = Handles.Find(handle => !handle.IsCopy && string.Equals(handle.Name, name, StringComparison.Ordinal));
        var copy = Handles.Find(handle => handle.IsCopy && string.Equals(handle.Name, name, StringComparison.Ordinal) && Same(handle.Instance, instance));
        return itself is not null && instance.Length > 0 && !Same(itself.Instance, instance) ? copy ?? itself : itself;
    }

    private string Request(HandleStep step, string name)
    {
        if (step.Intent is not HandleIntent.None && step.Instance.Length == 0)
        {
            return "InstanceRequired";
        }

        var record = Find(name, step.Instance);
        bool isOther = record is { IsCopy: false, Instance.Length: > 0 } && step.Instance.Length > 0 && !Same(record.Instance, step.Instance);
        if (record is null || (isOther && step.Intent is HandleIntent.Copy))
        {
            string first = Choose(step, out int chosen);
            if (first.Length == 0)
            {
                Handles.Add(new PlainHandle { Name = name, IsCopy = record is not null, Instance = step.Instance, VlanId = step.VlanId, Address = chosen });
                return $"{(record is null ? AssignmentOutcome.New : AssignmentOutcome.Copied)} {chosen}";
            }

            return first;
        }

        return record.State is HandleState.Held ? Keep(step, record, isOther) : Again(step, record);
    }

    private static string Keep(HandleStep step, PlainHandle record, bool isOther)
    {
        if (record.VlanId != step.VlanId)
        {
            return "HandleInOtherVlan";
        }

        if (isOther && step.Intent is not HandleIntent.Replace)
        {
            return "HandleLive";
        }

        if (step.Instance.Length > 0 && (isOther || record.Instance.Length == 0))
        {
            record.Instance = step.Instance;
        }

        return $"{(isOther ? AssignmentOutcome.Replaced : AssignmentOutcome.Existing)} {record.Address}";
    }

    private string Again(HandleStep step, PlainHandle record)
    {
        // What is held down is kept for the one that had it last.
        bool isRestored = record.VlanId == step.VlanId
            && !IsTaken(record.Address)
            && (!heldDown.TryGetValue(record.Address, out var rest) || rest.From == record || IsHoldDownOver(rest));
        int address = record.Address;
        if (!isRestored && Choose(step, out address) is { Length: > 0 } refusal)
        {
            return refusal;
        }

        heldDown.Remove(address);
        record.Address = address;
        record.VlanId = step.VlanId;
        record.State = HandleState.Held;
        record.Instance = step.Instance.Length > 0 ? step.Instance : record.Instance;
        return $"{(isRestored ? AssignmentOutcome.Restored : AssignmentOutcome.Renewed)} {address}";
    }

    /// <summary>The address that is asked for, or the pool's next; else why not.</summary>
    private string Choose(HandleStep step, out int address)
    {
        address = step.Wanted;
        string refusal = step.Wanted < 0 ? "none asked for"
            : PoolOf(step.Wanted) != step.VlanId && (step.VlanId != 20 || step.Wanted < Pooled) ? "AddressOutside"
            : IsTaken(step.Wanted) ? "AddressTaken"
            : heldDown.TryGetValue(step.Wanted, out var rest) && !IsHoldDownOver(rest) ? "AddressResting"
            : string.Empty;
        if (refusal.Length == 0)
        {
            heldDown.Remove(step.Wanted);
            return string.Empty;
        }

        if (step.Wanted >= 0 && !step.AllowSubstitute)
        {
            return refusal;
        }

        if (Next(step.VlanId) is not { } next)
        {
            return "PoolExhausted";
        }

        address = next;
        return string.Empty;
    }

    /// <summary>The lowest that was never used, or else what came back longest ago.</summary>
    private int? Next(int vlan)
    {
        var pool = Enumerable.Range(0, Pooled).Where(address => PoolOf(address) == vlan).ToList();
        int? next = pool.Cast<int?>().FirstOrDefault(address => !IsTaken(address!.Value) && !heldDown.ContainsKey(address.Value))
            ?? heldDown.Where(rest => PoolOf(rest.Key) == vlan && IsHoldDownOver(rest.Value)).OrderBy(rest => rest.Value.Back).ThenBy(rest => rest.Key).Select(rest => (int?)rest.Key).FirstOrDefault();
        if (next is { } address)
        {
            heldDown.Remove(address);
        }

        return next;
    }
}
