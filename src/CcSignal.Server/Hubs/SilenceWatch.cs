using System.IO.Pipelines;
using CcSignal.Contracts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace CcSignal.Server.Hubs;

/// <summary>
/// Closes a connection from which nothing comes, from its first moment. SignalR starts its own clock at the client's first ping only
/// (aspnet/SignalR#2364): a peer that never sends one, or is gone, would be kept for ever.
/// </summary>
internal sealed partial class SilenceWatch(TimeProvider time, ILogger<SilenceWatch> logger)
{
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(Defaults.SilenceTimeoutSeconds);

    // Time for the goodbye. A peer that does not read blocks it, and is cut off.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public Task WatchAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        long? closing = null;
        var heard = new HeardPipeReader(connection.Transport.Input, time);
        connection.Transport = new HeardTransport(heard, connection.Transport.Output);
        connection.Features.GetRequiredFeature<IConnectionHeartbeatFeature>().OnHeartbeat(_ => Check(connection, heard, ref closing), connection);
        return next(connection);
    }

    // Heartbeats of one connection never overlap.
    private void Check(ConnectionContext connection, HeardPipeReader heard, ref long? closing)
    {
        if (closing is { } since)
        {
            if (time.GetElapsedTime(since) >= Patience)
            {
                connection.Abort();
            }
        }
        else if (heard.Silence >= Allowed)
        {
            closing = time.GetTimestamp();
            Log.Silent(logger, connection.ConnectionId, Allowed.TotalSeconds);
            heard.CancelPendingRead(); // as if the peer had closed: SignalR then says goodbye and ends the connection
        }
    }

    private sealed record HeardTransport(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private static partial class Log
    {
        [LoggerMessage(1311, LogLevel.Information, "Connection {ConnectionId} was silent for {Seconds} seconds and is closed.")]
        public static partial void Silent(ILogger logger, string connectionId, double seconds);
    }
}
