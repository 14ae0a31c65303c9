using CcSignal.Execution.Processes.Linux.Native;

namespace CcSignal.Execution.Processes.Linux;

/// <summary>The two ends of a pipe(7); neither is inherited unless asked for.</summary>
internal readonly struct OutputPipe
{
    private OutputPipe(int reader, int writer)
    {
        Reader = reader;
        Writer = writer;
    }

    /// <summary>The end the pump reads.</summary>
    public int Reader { get; }

    /// <summary>The end the command writes.</summary>
    public int Writer { get; }

    /// <summary>Makes one. The size is a wish: an ordinary user past pipe-user-pages-soft gets less, and the pump copes with any.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no descriptor left.</exception>
    public static unsafe OutputPipe Open(int bytes)
    {
        var ends = stackalloc int[2];
        Libc.Check(Libc.pipe2(ends, Libc.O_CLOEXEC), "pipe2");
        if (bytes != DefaultBytes)
        {
            _ = Libc.fcntl(ends[1], Libc.F_SETPIPE_SZ, bytes);
        }

        return new OutputPipe(ends[0], ends[1]);
    }

    /// <summary>Closes the command's end in this process, so that the command's own end is the end of the file.</summary>
    public void CloseWriter() => Libc.Check(Libc.close(Writer), "close");

    /// <summary>Closes the pump's end, where no pump took it.</summary>
    public void CloseReader() => Libc.Check(Libc.close(Reader), "close");

    private const int DefaultBytes = 64 * 1024;
}
