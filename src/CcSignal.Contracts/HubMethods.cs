namespace CcSignal.Contracts;

/// <summary>The names of the hub's methods.</summary>
public static class HubMethods
{
    /// <summary>Stream: <c>request, options?</c> → events; <see cref="Start"/> and <see cref="Follow"/> in one call.</summary>
    public const string Run = "Run";

    /// <summary><c>request</c> → <see cref="ExecutionInfo"/>, once it is durably recorded.</summary>
    public const string Start = "Start";

    /// <summary>Stream: <c>id, options?</c> → events.</summary>
    public const string Follow = "Follow";

    /// <summary>Send: <c>subscription, sequence</c>; everything up to it was consumed.</summary>
    public const string Ack = "Ack";

    /// <summary><c>id, offset, data</c> → the input bytes accepted so far.</summary>
    public const string Write = "Write";

    /// <summary><c>id</c>.</summary>
    public const string CloseInput = "CloseInput";

    /// <summary><c>id, signal</c>.</summary>
    public const string Signal = "Signal";

    /// <summary><c>id, reason?</c> → <see cref="ExecutionInfo"/>.</summary>
    public const string Cancel = "Cancel";

    /// <summary><c>id</c> → <see cref="ExecutionInfo"/>.</summary>
    public const string Pause = "Pause";

    /// <summary><c>id</c> → <see cref="ExecutionInfo"/>.</summary>
    public const string Resume = "Resume";

    /// <summary><c>id, columns, rows</c>.</summary>
    public const string Resize = "Resize";

    /// <summary><c>id</c> → <see cref="ExecutionInfo"/>.</summary>
    public const string Get = "Get";

    /// <summary><c>query</c> → <see cref="ExecutionPage"/>.</summary>
    public const string List = "List";

    /// <summary>Stream: <c>query</c> → <see cref="ExecutionInfo"/>.</summary>
    public const string Watch = "Watch";

    /// <summary>→ <see cref="ServerInfo"/>.</summary>
    public const string Describe = "Describe";
}
