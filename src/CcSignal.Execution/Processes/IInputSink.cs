namespace CcSignal.Execution.Processes;

/// <summary>The end of a command's standard input that this server holds. Owns it. Two of them: Linux's own, and a portable one.</summary>
internal interface IInputSink : IDisposable
{
    /// <summary>Puts in what fits, without waiting; 0: nothing fits now, negative: nobody will ever read it.</summary>
    int Write(ReadOnlySpan<byte> bytes);

    /// <summary>Completes when something may fit, or when nobody reads any more.</summary>
    Task RoomAsync();

    /// <summary>Tells the command that this was all; false: that does not fit now either.</summary>
    bool TryEnd();
}
