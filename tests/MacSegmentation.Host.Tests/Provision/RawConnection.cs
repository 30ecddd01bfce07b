using System.Net.Sockets;
using System.Text;

namespace MacSegmentation.Provision;

/// <summary>Asks in octets of its own, where a client would put them right.</summary>
internal static class RawConnection
{
    public static async Task<string> AskAsync(RunningService service, string request)
    {
        var uri = service.Client.BaseAddress!;
        using var connection = new TcpClient();
        await connection.ConnectAsync(uri.Host, uri.Port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
