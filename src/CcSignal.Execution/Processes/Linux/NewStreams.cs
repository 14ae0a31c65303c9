using CcSignal.Execution.Processes.Linux.Native;
using CcSignal.Execution.Processes.Linux.Spawning;

namespace CcSignal.Execution.Processes.Linux;

/// <summary>The standard streams of a command that is being started: both ends of each. Owns them until they are handed over.</summary>
internal sealed class NewStreams : IDisposable
{
    private readonly List<int> _ours = [];
    private readonly List<int> _childs = [];

    /// <summary>The command's ends.</summary>
    public ChildDescriptors Childs { get; private set; }

    /// <summary>Opens what the command needs.</summary>
    /// <param name="spec">The command.</param>
    /// <param name="noInput">What it reads when its input is not open; not owned.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no descriptor left.</exception>
    public static NewStreams Open(LaunchSpec spec, int noInput)
    {
        var streams = new NewStreams();
        try
        {
            streams.OpenPipes(spec, noInput);
            return streams;
        }
        catch
        {
            streams.Dispose();
            throw;
        }
    }

    /// <summary>The command has its ends: hands ours over, and closes the command's here, so that its own end is the end of the file.</summary>
    public CommandDescriptors HandOver()
    {
        CloseAll(_childs);
        var descriptors = new CommandDescriptors { Stdout = _ours[0], Stderr = _ours[1], Input = _ours.Count > 2 ? _ours[2] : null };
        _ours.Clear();
        return descriptors;
    }

    public void Dispose()
    {
        CloseAll(_ours);
        CloseAll(_childs);
    }

    private void OpenPipes(LaunchSpec spec, int noInput)
    {
        var output = OpenOutput(spec.PipeBytes);
        var error = OpenOutput(spec.PipeBytes);
        Childs = new ChildDescriptors(spec.OpenInput ? OpenInput() : noInput, output, error);
    }

    private int OpenInput()
    {
        var (reader, writer) = Pipe.Open(Pipe.DefaultBytes);
        _childs.Add(reader);
        _ours.Add(writer);
        Pipe.SetNonBlocking(writer);
        return reader;
    }

    private int OpenOutput(int bytes)
    {
        var (reader, writer) = Pipe.Open(bytes);
        _ours.Add(reader);
        _childs.Add(writer);
        return writer;
    }

    private static void CloseAll(List<int> descriptors)
    {
        foreach (var descriptor in descriptors)
        {
            Libc.Check(Libc.close(descriptor), "close");
        }

        descriptors.Clear();
    }
}
