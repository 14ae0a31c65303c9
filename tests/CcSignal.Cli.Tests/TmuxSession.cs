using System.Diagnostics;
using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Cli.Tests;

/// <summary>A terminal as a person has it: a shell in a window of tmux, with <c>ccsignal</c> in its PATH. Owns the tmux server.</summary>
internal sealed class TmuxSession : IAsyncDisposable
{
    private const string Prompt = "PROMPT> ";
    private static int _last;

    private readonly TempDirectory _temp = new();
    private readonly string _socket;
    private readonly Uri _server;

    private TmuxSession(Uri server)
    {
        _server = server;
        _socket = _temp[$"tmux-{Interlocked.Increment(ref _last)}"];
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens one of 100 × 30; the test is skipped where tmux is not installed, unless it is demanded.</summary>
    public static async Task<TmuxSession> OpenAsync(Uri server)
    {
        var installed = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(directory => File.Exists(Path.Combine(directory, "tmux")));
        Assert.SkipUnless(installed || Environment.GetEnvironmentVariable("CCSIGNAL_REQUIRE_TMUX") == "1", "tmux is not installed.");
        var session = new TmuxSession(server);
        await session.TmuxAsync("-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "30", "env", $"PS1={Prompt}", "/bin/sh");
        await session.ShowsAsync(Prompt.TrimEnd());
        return session;
    }

    /// <summary>Types keys as tmux names them; a line ends with <c>Enter</c>.</summary>
    public Task TypeAsync(params string[] keys) => TmuxAsync(["send-keys", .. keys]);

    /// <summary>Changes the size of the window.</summary>
    public Task ResizeAsync(int columns, int rows) => TmuxAsync("resize-window", "-x", $"{columns}", "-y", $"{rows}");

    /// <summary>Returns when the screen shows <paramref name="text"/>.</summary>
    public async Task ShowsAsync(string text)
    {
        var screen = "";
        try
        {
            await Eventually.Holds(() => (screen = Tmux(["capture-pane", "-p", "-J"])).Contains(text, StringComparison.Ordinal), cancellationToken: Token);
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException($"The terminal does not show '{text}' but:\n{screen}", error);
        }
    }

    /// <summary>The settings of the terminal, as <c>stty -g</c> tells them.</summary>
    public async Task<string> SettingsAsync()
    {
        var file = _temp[$"settings-{Interlocked.Increment(ref _last)}"];
        await TypeAsync($"stty -g > {file}.new; mv {file}.new {file}", "Enter");
        await Eventually.Holds(() => File.Exists(file), cancellationToken: Token);
        return await File.ReadAllTextAsync(file, Token);
    }

    /// <summary>The <c>ccsignal</c> that runs in it.</summary>
    public async Task<int> ClientAsync()
    {
        var shell = Tmux(["list-panes", "-F", "#{pane_pid}"]).Trim();
        var found = 0;
        await Eventually.Holds(
            () => int.TryParse(File.ReadAllText($"/proc/{shell}/task/{shell}/children").Trim().Split(' ')[0], out found), cancellationToken: Token);
        return found;
    }

    public ValueTask DisposeAsync()
    {
        _ = Tmux(["kill-server"]);
        _temp.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<string> TmuxAsync(params string[] words) => Task.Run(() => Tmux(words));

    private string Tmux(string[] words)
    {
        var start = new ProcessStartInfo("tmux", ["-S", _socket, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:{start.Environment["PATH"]}";
        start.Environment[Defaults.UrlVariable] = _server.AbsoluteUri;
        start.Environment[Defaults.TokenVariable] = TestServer.Token;
        start.Environment["DOTNET_ROOT"] = Child.DotnetRoot;
        start.Environment.Remove("TMUX");
        using var tmux = Process.Start(start)!;
        var output = tmux.StandardOutput.ReadToEnd();
        tmux.WaitForExit();
        return output;
    }
}
