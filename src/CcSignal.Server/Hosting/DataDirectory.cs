using System.Globalization;
using CcSignal.Execution;
using Microsoft.Extensions.Options;

namespace CcSignal.Server.Hosting;

/// <summary>
/// The server's data directory, readable by its user only. Owns the lock that keeps a second server out of it, until disposed or
/// until the process ends, however it ends.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly FileStream _lock;

    public DataDirectory(IOptions<DataDirectoryOptions> options)
    {
        Path = options.Value.Resolve();
        try
        {
            Create(Path);
            _lock = Lock(System.IO.Path.Combine(Path, "lock"));
            Write(ProcessFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                ExitCode.BadDataDirectory,
                $"The data directory '{Path}' cannot be used: {exception.Message} Choose another with {DataDirectoryOptions.Section}:{nameof(DataDirectoryOptions.DataDirectory)}.");
        }
    }

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>The file of the token that is made on first start.</summary>
    public string TokenFile => System.IO.Path.Combine(Path, "token");

    // Beside the lock, which nobody else can read while it is held.
    private string ProcessFile => System.IO.Path.Combine(Path, "server.pid");

    /// <summary>Whether only the server's user may look into it. A directory that was there before may be open to others.</summary>
    public bool IsPrivate => OperatingSystem.IsWindows() || (File.GetUnixFileMode(Path) & ~OwnerOnly) == 0;

    /// <summary>Writes something, because nothing else shows that the disk is neither full nor read-only.</summary>
    public bool IsWritable()
    {
        var probe = System.IO.Path.Combine(Path, "writable");
        try
        {
            File.WriteAllBytes(probe, new byte[4096]);
            File.Delete(probe);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Dispose() => _lock.Dispose();

    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
    }

    // Whoever reads it finds the old or the new content, never a part.
    private static void Write(string path, string content)
    {
        File.WriteAllText(path + ".new", content);
        File.Move(path + ".new", path, overwrite: true);
    }

    private FileStream Lock(string path)
    {
        try
        {
            // On Unix an exclusive flock(2), given back by the kernel when the process dies: nothing stale is left to clean up.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new StartRefusedException(
                ExitCode.BadDataDirectory,
                $"Another server{Holder()} uses the data directory '{Path}'. Stop it, or give this one its own with {DataDirectoryOptions.Section}:{nameof(DataDirectoryOptions.DataDirectory)}.");
        }
    }

    private string Holder()
    {
        try
        {
            return $" (process {File.ReadAllText(ProcessFile)})";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
