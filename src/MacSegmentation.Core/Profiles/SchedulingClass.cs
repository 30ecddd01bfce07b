namespace MacSegmentation.Profiles;

/// <summary>In which sequence frames that wait for a bandwidth leave.</summary>
public enum SchedulingClass
{
    /// <summary>As they came.</summary>
    FirstIn,

    /// <summary>Those of a higher traffic class always first (IEEE 802.1Q-2022 section 8.6.8.1).</summary>
    Strict,

    /// <summary>Traffic classes by turns, each with a share by its number plus one (deficit round robin; Shreedhar and Varghese, 1995).</summary>
    Weighted,
}
