using System.Net;
using MacSegmentation.Errors;

namespace MacSegmentation.Provision;

/// <summary>Where the service listens.</summary>
/// <param name="Address">The address of this host.</param>
/// <param name="Port">The port; 0 for any that is free.</param>
/// <param name="IsSecure">True for https.</param>
internal sealed record ServiceAddress(IPAddress Address, int Port, bool IsSecure)
{
    /// <summary>Reads an address such as https://0.0.0.0:8443.</summary>
    /// <param name="text">The text.</param>
    /// <param name="allowPlain">True if http will do on the loopback.</param>
    /// <exception cref="MacSegmentationException">InvalidServiceUri, PlainHttpRefused.</exception>
    public static ServiceAddress Parse(string text, bool allowPlain)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("https" or "http")
            || uri.PathAndQuery is not "/" || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0
            || FindAddress(uri) is not { } address)
        {
            throw new MacSegmentationException(
                "InvalidServiceUri",
                MacErrorKind.InvalidArgument,
                $"'{text}' is no address to listen at. Give https, an IP address of this host or localhost, and a port, such as https://0.0.0.0:8443 or https://[::]:8443.",
                text);
        }

        bool isSecure = uri.Scheme is "https";
        if (!isSecure && !(allowPlain && IPAddress.IsLoopback(address)))
        {
            throw new MacSegmentationException(
                "PlainHttpRefused",
                MacErrorKind.InvalidArgument,
                $"'{text}' would show tokens and addresses to everyone on the way. Give https with --certificate FILE{(IPAddress.IsLoopback(address) ? ", or --allow-plain-http for the loopback" : "; http is for the loopback only, with --allow-plain-http")}.",
                text);
        }

        return new ServiceAddress(address, uri.Port, isSecure);
    }

    /// <summary>The address with the port that was found.</summary>
    /// <param name="port">The port.</param>
    public string ToUri(int port) => $"{Scheme}://{new IPEndPoint(Address, port)}";

    /// <summary>How other hosts reach it, as far as this one knows; empty before a port is found.</summary>
    public string Announcement => Port == 0 ? string.Empty
        : Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any) ? $"{Scheme}://{Dns.GetHostName()}:{Port}"
        : ToString();

    private string Scheme => IsSecure ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;

    /// <inheritdoc/>
    public override string ToString() => ToUri(Port);

    private static IPAddress? FindAddress(Uri uri) => uri.IsLoopback && uri.HostNameType is UriHostNameType.Dns
        ? IPAddress.Loopback
        : IPAddress.TryParse(uri.DnsSafeHost, out var address) ? address : null;
}
