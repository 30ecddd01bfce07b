namespace MacSegmentation.RunningEnforcers;

/// <summary>What an enforcer stands between.</summary>
public enum RunningEnforcerKind
{
    /// <summary>Two adapters: a bump in the wire.</summary>
    Wire,

    /// <summary>The ports of a switch.</summary>
    Switch,
}
