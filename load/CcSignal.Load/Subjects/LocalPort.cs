using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CcSignal.Load.Subjects;

/// <summary>Ports of this machine for servers that cannot choose one and say which.</summary>
internal static class LocalPort
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static int Free()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Waits until somebody listens there; they do not say so, so it asks until they answer.</summary>
    /// <exception cref="SocketException">Nobody does within ten seconds.</exception>
    public static async Task ListensAsync(int port, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(start) < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
            }
        }
    }
}
