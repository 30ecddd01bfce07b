namespace MacSegmentation.Emulation;

/// <summary>The traffic class of a priority code point, where there are eight (IEEE 802.1Q-2022 table 8-5): 1 is background, below 0, which is best effort.</summary>
internal static class TrafficClass
{
    public const int Count = 8;

    public static int Of(int priority) => priority switch
    {
        0 => 1,
        1 => 0,
        _ => priority,
    };
}
