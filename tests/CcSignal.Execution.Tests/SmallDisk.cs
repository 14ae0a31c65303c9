using System.Diagnostics;
using CcSignal.TestKit;

namespace CcSignal.Execution.Tests;

/// <summary>A disk of a few megabytes that a test can fill and empty: a tmpfs(5) of its own. Owns the mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TempDirectory _temp = new();

    public SmallDisk(int mebibytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root may mount a small disk.");
        Directory.CreateDirectory(Path);
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", Path) == 0, "This machine lets nobody mount.");
    }

    public string Path => _temp["disk"];

    /// <summary>Takes all the room there is; the answer is how much that was.</summary>
    public long Fill(int leaveBytes = 0)
    {
        using var ballast = new FileStream(System.IO.Path.Combine(Path, "ballast"), FileMode.Append);
        var free = new DriveInfo(Path).AvailableFreeSpace - leaveBytes;
        ballast.Write(new byte[free]);
        return free;
    }

    public void Empty() => File.Delete(System.IO.Path.Combine(Path, "ballast"));

    public void Dispose()
    {
        // Lazily: who still holds a file of it lets go on its own.
        Run("umount", "--lazy", Path);
        _temp.Dispose();
    }

    private static int Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
