using System.Buffers;
using System.Diagnostics;
using System.Text;
using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Cli.Tests;

/// <summary>The real program in a process of its own. Owns it; what is still there at its disposal is killed.</summary>
internal sealed class CliProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Recorded _output = new();
    private readonly Recorded _error = new();
    private readonly Task _reading;

    private CliProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _reading = Task.WhenAll(_output.ReadAsync(_process.StandardOutput.BaseStream), _error.ReadAsync(_process.StandardError.BaseStream));
    }

    /// <summary>Starts <c>ccsignal</c> with these words against <paramref name="server"/>.</summary>
    public static CliProcess Start(Uri server, params ReadOnlySpan<string> words) => new(Prepare(Child.Executable("ccsignal"), server, words));

    /// <summary>Starts a shell line in which <c>ccsignal</c> is a command, against <paramref name="server"/>.</summary>
    public static CliProcess StartShell(Uri server, string line)
    {
        var start = Prepare("/bin/sh", server, ["-c", line]);
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:{start.Environment["PATH"]}";
        return new CliProcess(start);
    }

    /// <summary>Runs <c>ccsignal</c> to its end.</summary>
    public static async Task<CliResult> RunAsync(Uri server, params string[] words)
    {
        await using var cli = Start(server, words);
        return await cli.EndAsync();
    }

    /// <summary>Returns when it has written <paramref name="text"/> to standard output.</summary>
    public Task PrintsAsync(string text) => _output.HoldsAsync(text);

    /// <summary>Returns when it has written <paramref name="text"/> to standard error.</summary>
    public Task SaysAsync(string text) => _error.HoldsAsync(text);

    /// <summary>Sends it a signal (kill(2)).</summary>
    public void Signal(int signal) => Libc.kill(_process.Id, signal).ShouldBe(0);

    /// <summary>Leaves its standard output, as <c>head</c> does when it has enough.</summary>
    public void CloseOutput() => _process.StandardOutput.BaseStream.Dispose();

    /// <summary>Waits for its end.</summary>
    public async Task<CliResult> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _reading;
        return new CliResult(_process.ExitCode, _output.Bytes, Encoding.UTF8.GetString(_error.Bytes));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        await _reading;
        _process.Dispose();
    }

    private static ProcessStartInfo Prepare(string program, Uri server, ReadOnlySpan<string> words)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        start.Environment[Defaults.UrlVariable] = server.AbsoluteUri;
        start.Environment[Defaults.TokenVariable] = TestServer.Token;
        start.Environment["DOTNET_ROOT"] = Child.DotnetRoot;
        return start;
    }

    /// <summary>What came out of one stream so far.</summary>
    private sealed class Recorded
    {
        private readonly ArrayBufferWriter<byte> _bytes = new();

        public byte[] Bytes
        {
            get
            {
                lock (_bytes)
                {
                    return _bytes.WrittenSpan.ToArray();
                }
            }
        }

        public Task HoldsAsync(string text) =>
            Eventually.Holds(() => Encoding.UTF8.GetString(Bytes).Contains(text, StringComparison.Ordinal), null, TestContext.Current.CancellationToken, $"it prints '{text}'");

        public async Task ReadAsync(Stream stream)
        {
            var buffer = new byte[64 * 1024];
            try
            {
                for (int count; (count = await stream.ReadAsync(buffer)) > 0;)
                {
                    lock (_bytes)
                    {
                        _bytes.Write(buffer.AsSpan(0, count));
                    }
                }
            }
            catch (Exception error) when (error is ObjectDisposedException or OperationCanceledException or IOException)
            {
                // The test closed the stream (CloseOutput).
            }
        }
    }
}
