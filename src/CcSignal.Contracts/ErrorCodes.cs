namespace CcSignal.Contracts;

/// <summary>
/// Why a call was refused: the word in brackets before the sentence, as in <c>[not_found] There is no execution 'x'.</c>
/// </summary>
public static class ErrorCodes
{
    /// <summary>The call itself is wrong; the sentence names the field and the rule.</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>Nobody is known to be calling.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The caller is known and may not.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>There is no such execution, or it is another's.</summary>
    public const string NotFound = "not_found";

    /// <summary>It contradicts what was said before.</summary>
    public const string Conflict = "conflict";

    /// <summary>As many wait as may wait.</summary>
    public const string QueueFull = "queue_full";

    /// <summary>As many streams are open on this connection as may be.</summary>
    public const string TooManyStreams = "too_many_streams";

    /// <summary>The server is stopping and starts nothing new.</summary>
    public const string Draining = "draining";

    /// <summary>The server cannot do this now, or not on this machine.</summary>
    public const string Unavailable = "unavailable";
}
