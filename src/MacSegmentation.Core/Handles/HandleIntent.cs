namespace MacSegmentation.Handles;

/// <summary>What a handle that appears for another instance means.</summary>
public enum HandleIntent
{
    /// <summary>Nothing was said: refused while the other instance is live.</summary>
    None,

    /// <summary>The instance takes the place of the other, which is retired: a device that was restored or migrated. It keeps the address.</summary>
    Replace,

    /// <summary>The instance is a clone beside the other. It gets an address of its own.</summary>
    Copy,
}
