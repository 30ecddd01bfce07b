namespace MacSegmentation.Services;

/// <summary>What a service is: a command of macseg.</summary>
public enum MacServiceKind
{
    /// <summary>macseg enforce.</summary>
    Enforcer,

    /// <summary>macseg provide.</summary>
    Provider,

    /// <summary>macseg watch.</summary>
    Watch,
}
