using System.Globalization;
using MacSegmentation.Units;

namespace MacSegmentation.Conditions;

/// <summary>How the numbers and signs of conditions are read and written.</summary>
internal static class ConditionNumber
{
    private static readonly (ConditionOperator Operator, string Sign)[] Signs =
        [(ConditionOperator.GreaterOrEqual, ">="), (ConditionOperator.LessOrEqual, "<="), (ConditionOperator.Greater, ">"), (ConditionOperator.Less, "<")];

    /// <summary>What a number of a unit looks like, for an error.</summary>
    public static string Describe(ConditionUnit unit) => unit switch
    {
        ConditionUnit.Rate => "how many a second, such as 200 or 10k",
        ConditionUnit.Share => "a share from 0% to 100%, such as 80%",
        ConditionUnit.Duration => "a time up to 1d, such as 20ms or 10s",
        _ => "a whole number, such as 50",
    };

    /// <summary>Reads a number of a unit, 0 or more.</summary>
    public static bool TryRead(ConditionUnit unit, string text, out long value)
    {
        switch (unit)
        {
            case ConditionUnit.Rate when !text.StartsWith('-') && Rate.TryParse(text, provider: null, out var rate):
                value = rate.PerSecond;
                return value >= 0;
            case ConditionUnit.Share when Share.TryParse(text, provider: null, out var share):
                value = share.PerCent;
                return value is >= 0 and <= 100;
            case ConditionUnit.Duration when Duration.TryParse(text, provider: null, out var duration):
                value = duration.Value.Ticks;
                return value is >= 0 and <= TimeSpan.TicksPerDay;
            case ConditionUnit.Count:
                return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
            default:
                value = 0;
                return false;
        }
    }

    /// <summary>Writes a number of a unit.</summary>
    public static string Write(ConditionUnit unit, long value) => unit switch
    {
        ConditionUnit.Rate => new Rate(value).ToString(),
        ConditionUnit.Share => new Share((int)value).ToString(),
        ConditionUnit.Duration => new Duration(new TimeSpan(value)).ToString(),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The operator of a sign.</summary>
    public static bool TryRead(string sign, out ConditionOperator comparison)
    {
        int place = Array.FindIndex(Signs, known => string.Equals(known.Sign, sign, StringComparison.Ordinal));
        comparison = place < 0 ? default : Signs[place].Operator;
        return place >= 0;
    }

    /// <summary>The sign of an operator.</summary>
    public static string Write(ConditionOperator comparison) => Array.Find(Signs, known => known.Operator == comparison).Sign;
}
