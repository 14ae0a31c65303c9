using CcSignal.Contracts;
using Microsoft.Extensions.Logging;

namespace CcSignal.Client;

/// <summary>Where the server is and how to speak to it. On the server's own machine nothing has to be set.</summary>
public sealed class CcSignalClientOptions
{
    /// <summary>
    /// The server's address, e.g. <c>https://build.example:5080</c>; null: the environment variable <c>CCSIGNAL_URL</c>, else
    /// <see cref="Defaults.Url"/>.
    /// </summary>
    public Uri? Url { get; set; }

    /// <summary>
    /// The bearer token; null: the environment variable <c>CCSIGNAL_TOKEN</c>, else, for a server on this machine only, the token file
    /// that it wrote into its data directory.
    /// </summary>
    public string? Token { get; set; }

    /// <summary>How the records travel. <see cref="WireFormat.MessagePack"/> by default.</summary>
    public WireFormat Format { get; set; } = WireFormat.MessagePack;

    /// <summary>
    /// At most so many bytes of one stream are on their way or waiting in this process for the caller to take them, where
    /// <see cref="FollowOptions.WindowBytes"/> is 0. 4 MiB by default; 0 sets no bound, so that a caller who sleeps grows this process.
    /// </summary>
    public long WindowBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How long a connection may take to come up. 10 seconds by default.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How a connection that was up and is lost is built again. <see cref="ReconnectPolicy.Forever"/> by default.</summary>
    public ReconnectPolicy Reconnect { get; set; } = ReconnectPolicy.Forever;

    /// <summary>
    /// After so long without a word from the server the connection counts as lost, also where nobody closed it. The server speaks every 10 seconds at
    /// least. 30 seconds by default.
    /// </summary>
    public TimeSpan ServerTimeout { get; set; } = TimeSpan.FromSeconds(Defaults.SilenceTimeoutSeconds);

    /// <summary>Where the connection logs to; null: nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>For waits.</summary>
    internal TimeProvider Time { get; set; } = TimeProvider.System;
}
