using System.Diagnostics;
using CcSignal.Client;
using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Server.Tests.Hosting;

/// <summary>
/// A systemd in namespaces of its own that knows the unit of <c>deploy/</c> and no other, with this build, this user and a free port in it. Owns the
/// processes: all of them end with it.
/// </summary>
internal sealed class Systemd : IAsyncDisposable
{
    private const string Program = "/usr/lib/systemd/systemd";
    private const string Inside = "mount -t tmpfs tmpfs /run && mount -t tmpfs tmpfs /var/lib && exec env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin \"SYSTEMD_UNIT_PATH=$0\" " + Program + " --unit=multi-user.target";
    private static readonly string[] Targets = ["sysinit", "basic", "shutdown", "network", "multi-user"];

    private readonly TempDirectory _units = new();
    private readonly Process _process;
    private readonly Uri _url = new(FreeAddress.Setting().Value);

    private Systemd()
    {
        foreach (var target in Targets)
        {
            File.WriteAllText(_units[target + ".target"], $"[Unit]\nDescription={target}\nDefaultDependencies=no\n");
        }

        File.WriteAllLines(_units["ccsignal.service"], File.ReadLines(Path.Combine(AppContext.BaseDirectory, "ccsignal.service")).SelectMany(Adapt));
        _process = Process.Start(new ProcessStartInfo(
            "/usr/bin/unshare", ["--fork", "--pid", "--kill-child", "--mount", "--uts", "--ipc", "--cgroup", "--mount-proc", "sh", "-c", Inside, _units.Path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>Starts one, and returns when it answers. Skips the test where that cannot be.</summary>
    public static async Task<Systemd> BootAsync()
    {
        Assert.SkipUnless(File.Exists(Program) && Environment.UserName == "root", "This needs systemd, and root for its namespaces.");
        var systemd = new Systemd();
        try
        {
            await Eventually.Holds(() => systemd.TryRun(out _, "systemctl", "is-active", "multi-user.target"), cancellationToken: TestContext.Current.CancellationToken);
            return systemd;
        }
        catch
        {
            await systemd.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a program beside it, which must succeed, and returns what it prints.</summary>
    public string Run(params string[] words) =>
        TryRun(out var printed, words) ? printed : throw new InvalidOperationException($"'{string.Join(' ', words)}' failed: {printed}");

    public Task<CcSignalClient> ConnectAsync() =>
        CcSignalClient.ConnectAsync(new CcSignalClientOptions { Url = _url, Token = TestServer.Token }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _units.Dispose();
    }

    private IEnumerable<string> Adapt(string line) => line switch
    {
        _ when line.StartsWith("User=", StringComparison.Ordinal) =>
            [$"Environment=DOTNET_ROOT={Child.DotnetRoot} {Defaults.TokenVariable}={TestServer.Token} CcSignal__Profiles__default__WorkingDirectory=/"],
        _ when line.StartsWith("ExecStart=", StringComparison.Ordinal) => [$"ExecStart={Path.Combine(AppContext.BaseDirectory, "CcSignal.Server")} --urls {_url}"],
        _ => [line],
    };

    private bool TryRun(out string printed, params string[] words)
    {
        printed = "It has not begun.";
        var children = File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (children is not [var first, ..])
        {
            return false;
        }

        using var process = Process.Start(new ProcessStartInfo("nsenter", ["--target", first, "--all", .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        printed = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        printed += error.Result;
        return process.ExitCode == 0;
    }
}
