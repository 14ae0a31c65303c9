namespace CcSignal.Contracts;

/// <summary>What holds where nothing is said.</summary>
public static class Defaults
{
    /// <summary>Where a server listens.</summary>
    public const string Url = "http://127.0.0.1:5080";

    /// <summary>The hub's path below it.</summary>
    public const string HubPath = "/hub";

    /// <summary>The profile of a request that names none.</summary>
    public const string Profile = "default";

    /// <summary>Executions in a page.</summary>
    public const int Page = 50;

    /// <summary>A follower hears something at least so often, in seconds.</summary>
    public const int HeartbeatSeconds = 10;

    /// <summary>A connection without a handshake is closed after so many seconds.</summary>
    public const int HandshakeTimeoutSeconds = 5;

    /// <summary>A connection from which nothing came for so many seconds is closed.</summary>
    public const int SilenceTimeoutSeconds = 30;

    /// <summary>The environment variable with the server's address, for clients.</summary>
    public const string UrlVariable = "CCSIGNAL_URL";

    /// <summary>The environment variable with the token, for clients; in the server's environment, an administrator's.</summary>
    public const string TokenVariable = "CCSIGNAL_TOKEN";
}
