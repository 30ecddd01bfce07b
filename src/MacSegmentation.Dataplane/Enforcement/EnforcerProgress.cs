namespace MacSegmentation.Enforcement;

/// <summary>How far an enforcer is with its captures.</summary>
/// <param name="BytesRead">Bytes read.</param>
/// <param name="TotalBytes">Bytes to read; 0 if that is not known (a pipe).</param>
public readonly record struct EnforcerProgress(long BytesRead, long TotalBytes)
{
    /// <summary>0 to 100, or −1 if the end is not known.</summary>
    public int Percent => TotalBytes == 0 ? -1 : (int)Math.Min(BytesRead * 100 / TotalBytes, 100);
}
