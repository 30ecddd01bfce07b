using System.Net;
using Microsoft.AspNetCore.Connections;

namespace MacSegmentation.Provision;

/// <summary>Where open connections come from: one address gets no more than a number of them.</summary>
/// <param name="limit">The number, at least 1.</param>
internal sealed class ConnectionSources(int limit)
{
    private readonly Lock access = new();
    private readonly Dictionary<IPAddress, int> open = [];

    /// <summary>Lets a connection in, or closes it.</summary>
    /// <param name="next">What serves it.</param>
    public ConnectionDelegate Admit(ConnectionDelegate next) => async connection =>
    {
        if ((connection.RemoteEndPoint as IPEndPoint)?.Address is not { } address)
        {
            await next(connection);
            return;
        }

        if (!TryEnter(address))
        {
            connection.Abort(new ConnectionAbortedException("Too many connections of this address."));
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Leave(address);
        }
    };

    private bool TryEnter(IPAddress address)
    {
        lock (access)
        {
            int present = open.GetValueOrDefault(address);
            if (present >= limit)
            {
                return false;
            }

            open[address] = present + 1;
            return true;
        }
    }

    private void Leave(IPAddress address)
    {
        lock (access)
        {
            if (--open[address] == 0)
            {
                open.Remove(address);
            }
        }
    }
}
