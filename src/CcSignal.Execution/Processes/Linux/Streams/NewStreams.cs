using CcSignal.Contracts;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes.Linux.Native;
using CcSignal.Execution.Processes.Linux.Spawning;
using CcSignal.Execution.Processes.Linux.Terminals;

namespace CcSignal.Execution.Processes.Linux.Streams;

/// <summary>The standard streams of a command that is being started: both ends of each. Owns them until they are handed over.</summary>
internal sealed class NewStreams : IDisposable
{
    private readonly List<int> _open = [];
    private CommandDescriptors? _ours;

    /// <summary>The command's ends.</summary>
    public ChildDescriptors Childs { get; private set; }

    /// <summary>Opens what the command needs.</summary>
    /// <param name="spec">The command.</param>
    /// <param name="noInput">What it reads when its input is not open; not owned.</param>
    /// <param name="protects">Whether files that it writes itself are made append-only.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no descriptor left, or no terminal.</exception>
    public static NewStreams Open(LaunchSpec spec, int noInput, bool protects)
    {
        var streams = new NewStreams();
        try
        {
            if (spec.Terminal is { } size)
            {
                streams.OpenTerminal(size, spec.Confinement.User);
            }
            else if (spec.OutputFiles is { } files)
            {
                streams.Open(spec, noInput, streams.OpenFile(files, OutputStream.Stdout, protects), streams.OpenFile(files, OutputStream.Stderr, protects));
            }
            else
            {
                streams.Open(spec, noInput, streams.OpenPipe(spec.PipeBytes), streams.OpenPipe(spec.PipeBytes));
            }

            return streams;
        }
        catch
        {
            streams.Dispose();
            throw;
        }
    }

    /// <summary>Our ends.</summary>
    public CommandDescriptors Ours => _ours!;

    /// <summary>The command has its ends: hands ours over, and closes the command's here, so that its own end is the end of the file.</summary>
    public CommandDescriptors HandOver()
    {
        var ours = _ours!;
        foreach (var descriptor in (int?[])[ours.Stdout, ours.Stderr, ours.Input, ours.Terminal?.Master, ours.Terminal?.RelayWriter])
        {
            if (descriptor is { } kept)
            {
                _open.Remove(kept);
            }
        }

        Dispose();
        return ours;
    }

    public void Dispose()
    {
        foreach (var descriptor in _open)
        {
            Libc.Check(Libc.close(descriptor), "close");
        }

        _open.Clear();
    }

    private void Open(LaunchSpec spec, int noInput, (int Reader, int Writer) stdout, (int Reader, int Writer) stderr)
    {
        if (spec.OpenInput)
        {
            var (input, writer) = OpenPipe(Pipe.DefaultBytes);
            Pipe.SetNonBlocking(writer);
            Childs = new ChildDescriptors(input, stdout.Writer, stderr.Writer);
            _ours = new CommandDescriptors { Stdout = stdout.Reader, Stderr = stderr.Reader, Input = writer };
        }
        else
        {
            Childs = new ChildDescriptors(noInput, stdout.Writer, stderr.Writer);
            _ours = new CommandDescriptors { Stdout = stdout.Reader, Stderr = stderr.Reader };
        }
    }

    // What is read is the file itself; a keeper holds its descriptor in the place of a pipe's.
    private (int Reader, int Writer) OpenFile(JournalFiles files, OutputStream stream, bool protects)
    {
        var file = Libc.Check(Libc.open(files.Of(stream), Libc.O_WRONLY | Libc.O_APPEND | Libc.O_CLOEXEC), "open");
        _open.Add(file);
        return !protects || AppendOnly.TrySet(file)
            ? (file, file)
            : throw new IOException($"'{files.Of(stream)}' could not be made append-only.");
    }

    private void OpenTerminal(TerminalSize size, UserIdentity? user)
    {
        var (reader, writer) = OpenPipe(Pipe.DefaultBytes);
        var (master, slave, path) = Pseudoterminal.Open(size);
        _open.AddRange([master, slave]);
        if (user is not null)
        {
            // As grantpt(3) does: programs open their terminal by its name, too.
            Libc.Check(Libc.fchown(slave, user.UserId, uint.MaxValue), "fchown");
        }

        var keyboard = Libc.Check(Libc.fcntl(master, Libc.F_DUPFD_CLOEXEC, 3), "fcntl");
        _open.Add(keyboard);
        Childs = new ChildDescriptors(slave, slave, slave, path);
        _ours = new CommandDescriptors { Stdout = reader, Input = keyboard, Terminal = new TerminalDescriptors(master, writer) };
    }

    private (int Reader, int Writer) OpenPipe(int bytes)
    {
        var (reader, writer) = Pipe.Open(bytes);
        _open.AddRange([reader, writer]);
        return (reader, writer);
    }
}
