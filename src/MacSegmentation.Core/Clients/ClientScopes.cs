namespace MacSegmentation.Clients;

/// <summary>What a client of the provider service may do.</summary>
[Flags]
public enum ClientScopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Ask for addresses, give them up, and give feedback.</summary>
    Request = 1,

    /// <summary>Read what is there for it: its handles, pools, policies and what enforcement points need.</summary>
    Read = 2,

    /// <summary>Read how the service is: its metrics.</summary>
    Administer = 4,
}
