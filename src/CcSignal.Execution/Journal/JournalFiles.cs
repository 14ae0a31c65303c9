using System.Globalization;
using CcSignal.Contracts;
using CcSignal.Execution.History;

namespace CcSignal.Execution.Journal;

/// <summary>Where the recording of one execution lies: a directory below <c>journal/</c>, by day and number.</summary>
/// <param name="Directory">The execution's own directory.</param>
internal sealed record JournalFiles(string Directory)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The index: <see cref="IndexRecord"/>s.</summary>
    public string Index => Path.Combine(Directory, "index");

    /// <summary>What was done to the execution while it ran.</summary>
    public string Notes => Path.Combine(Directory, "notes");

    /// <summary>Is there when the command writes the streams' files itself.</summary>
    public string Direct => Path.Combine(Directory, "direct");

    /// <summary>Whether the command writes the streams' files itself.</summary>
    public bool IsDirect => File.Exists(Direct);

    /// <summary>How much input was accepted: an <see cref="InputMark"/>.</summary>
    public string Input => Path.Combine(Directory, "input");

    /// <summary>The files of an execution below a data directory.</summary>
    public static JournalFiles Of(string dataDirectory, long number)
    {
        var day = DateTimeOffset.FromUnixTimeMilliseconds(ExecutionNumber.TimeOf(number)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new JournalFiles(Path.Combine(dataDirectory, "journal", day, number.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>The bytes of one stream.</summary>
    public string Of(OutputStream stream) => Path.Combine(Directory, stream == OutputStream.Stdout ? "stdout" : "stderr");

    /// <summary>Makes the directory; only the server's user may look into it.</summary>
    public void Create()
    {
        if (OperatingSystem.IsWindows())
        {
            System.IO.Directory.CreateDirectory(Directory);
        }
        else
        {
            System.IO.Directory.CreateDirectory(Directory, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Notes that the command will write the streams' files itself.</summary>
    public void MakeDirect()
    {
        Create();
        OpenForWriting(Direct).Dispose();
    }

    /// <summary>Opens one of the files for its only writer. Not O_APPEND: splice(2) refuses such a target.</summary>
    public static FileStream OpenForWriting(string path) => Open(path, FileAccess.ReadWrite);

    /// <summary>Opens one of the files, and makes it where it is missing.</summary>
    public static FileStream Open(string path, FileAccess access)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = access,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }
}
