namespace MacSegmentation.Switching;

/// <summary>Directions that share nothing but the policies: a bump in the wire, or a capture.</summary>
internal sealed class WireEngine : IForwardingEngine
{
    private readonly EnforcerDirection[] directions;

    public WireEngine(IEnumerable<EnforcerRoute> routes, EnforcerOptions options, EnforcerEventQueue events)
    {
        ArgumentNullException.ThrowIfNull(routes);
        directions = [.. routes.Select(route => new EnforcerDirection(route, options, events))];
        ArgumentOutOfRangeException.ThrowIfZero(directions.Length, nameof(routes));
    }

    public IReadOnlyList<IEnforcerWorker> Workers => directions;

    public void Use(TablesInForce next)
    {
        foreach (var direction in directions)
        {
            direction.Use(next);
        }
    }
}
