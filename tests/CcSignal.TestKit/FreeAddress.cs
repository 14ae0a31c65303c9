using System.Net;
using System.Net.Sockets;

namespace CcSignal.TestKit;

/// <summary>An address for a server that must have the same one after a restart.</summary>
public static class FreeAddress
{
    /// <summary>One that nobody listened on a moment ago.</summary>
    public static (string Key, string Value) Setting()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ("urls", $"http://{listener.LocalEndpoint}");
    }
}
