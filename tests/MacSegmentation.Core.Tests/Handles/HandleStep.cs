namespace MacSegmentation.Handles;

/// <summary>Something that a device, an administrator or the clock does.</summary>
/// <param name="Action">What.</param>
/// <param name="Handle">Number of the handle.</param>
/// <param name="Instance">The instance; empty for none.</param>
/// <param name="VlanId">The VLAN that is asked for.</param>
/// <param name="Intent">What another instance means.</param>
/// <param name="Wanted">Number of the address that is asked for, below 0 for none.</param>
/// <param name="AllowSubstitute">True to take another address.</param>
/// <param name="Seconds">How long a revoked address is held down, or the clock goes on.</param>
internal sealed record HandleStep(
    HandleAction Action, int Handle, string Instance, int VlanId, HandleIntent Intent, int Wanted, bool AllowSubstitute, int Seconds);
