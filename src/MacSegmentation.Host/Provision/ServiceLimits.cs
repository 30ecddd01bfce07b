namespace MacSegmentation.Provision;

/// <summary>What the service lets clients have of it.</summary>
internal sealed record ServiceLimits
{
    /// <summary>The longest body of a request in octets. The largest request that can be right has 5 KiB.</summary>
    public const int MaxBodyLength = 16 * 1024;

    /// <summary>The longest target of a request in octets: a handle of 512 characters and an instance of 256, each as up to nine octets, and room.</summary>
    public const int MaxTargetLength = 8 * 1024;

    /// <summary>The longest target of a question for policies in octets: a tag of 8 KiB, each octet as three, and room.</summary>
    public const int MaxTagsTargetLength = 32 * 1024;

    /// <summary>The longest header of a request in octets, all fields together.</summary>
    public const int MaxHeaderLength = 16 * 1024;

    /// <summary>Requests a second of one client, 0 for any number. As many may come at once.</summary>
    public int Rate { get; init; }

    /// <summary>Requests of all clients that are answered at once.</summary>
    public int Concurrent { get; init; } = 1024;

    /// <summary>Requests of one client that are answered at once: three quarters, so that there are places left for others.</summary>
    public int ConcurrentOfClient => Math.Max(1, ((Concurrent * 3) + 3) / 4);

    /// <summary>Connections that may be open at once.</summary>
    public int Connections { get; init; } = 10_000;

    /// <summary>Connections that one address may have open at once: half, so that one that opens them and says nothing leaves some to others.</summary>
    public int ConnectionsOfAddress => Math.Max(1, Connections / 2);

    /// <summary>Requests that may wait for a change at once, half of them of one client: they leave as many connections for those who want an answer now.</summary>
    public int Waiting => Math.Max(1, Connections / 2);

    /// <summary>The longest that a request may wait for a change; who wants to wait longer asks again.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a header may take to come, and a TLS handshake.</summary>
    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may be idle.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long an answer is kept for the request of the same idempotency key.</summary>
    public TimeSpan KeyLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Number of answers that are kept for idempotency keys of one client.</summary>
    public int Keys { get; init; } = 10_000;
}
