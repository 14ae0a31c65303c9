using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Cli.Tests.Commands;

/// <summary><c>run -t</c> in a real terminal: as over ssh, and the terminal is as it was afterwards.</summary>
public sealed class TerminalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_command_has_this_terminals_keys_and_size_and_its_exit_code_comes_back()
    {
        await using var server = await TestServer.StartAsync();
        await using var tmux = await TmuxSession.OpenAsync(server.Url);
        var before = await tmux.SettingsAsync();

        await tmux.TypeAsync($"ccsignal run -t --id shown {Child.Path} window; echo code $?", "Enter");
        await tmux.ShowsAsync("terminals 111 foreground True");
        await tmux.ShowsAsync("size 100x30");
        await tmux.ResizeAsync(120, 40);
        await tmux.ShowsAsync("size 120x40");
        await tmux.TypeAsync("C-d");

        await tmux.ShowsAsync("code 7");
        (await tmux.SettingsAsync()).ShouldBe(before);
        (await CliProcess.RunAsync(server.Url, "logs", "shown")).OutputText.ShouldMatch("(?s)^terminals 111.*size 100x30\r\n.*size 120x40\r\n.*end of input\r\n$");
    }

    [Fact]
    public async Task Every_key_reaches_a_program_in_raw_mode()
    {
        await using var server = await TestServer.StartAsync();
        await using var tmux = await TmuxSession.OpenAsync(server.Url);

        await tmux.TypeAsync($"ccsignal run -t {Child.Path} keys; echo code $?", "Enter");
        await tmux.ShowsAsync("ready");
        await tmux.TypeAsync("C-c");
        await tmux.ShowsAsync("key 3");
        await tmux.TypeAsync("C-z");
        await tmux.ShowsAsync("key 26");
        await tmux.TypeAsync("Up");
        await tmux.ShowsAsync("key 65");
        await tmux.TypeAsync("q");

        await tmux.ShowsAsync("code 0");
    }

    [Fact]
    public async Task Ctrl_C_is_the_commands_and_its_signal_is_the_exit_code()
    {
        await using var server = await TestServer.StartAsync();
        await using var tmux = await TmuxSession.OpenAsync(server.Url);

        await tmux.TypeAsync($"ccsignal run -t {Child.Path} sleep 600; echo code $?", "Enter");
        await tmux.ShowsAsync("sleeping");
        await tmux.TypeAsync("C-c");

        await tmux.ShowsAsync("code 130");
    }

    [Theory]
    [InlineData(15, "code 130")]
    [InlineData(1, "code 255")]
    public async Task The_terminal_is_restored_when_this_program_is_told_to_end(int signal, string code)
    {
        await using var server = await TestServer.StartAsync();
        await using var tmux = await TmuxSession.OpenAsync(server.Url);
        var before = await tmux.SettingsAsync();
        await tmux.TypeAsync($"ccsignal run -t {Child.Path} sleep 600; echo code $?", "Enter");
        await tmux.ShowsAsync("sleeping");

        Libc.kill(await tmux.ClientAsync(), signal).ShouldBe(0);

        await tmux.ShowsAsync(code);
        (await tmux.SettingsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_tilde_and_a_full_stop_leave_a_command_that_does_not_react_and_attach_comes_back()
    {
        await using var server = await TestServer.StartAsync();
        await using var tmux = await TmuxSession.OpenAsync(server.Url);
        var before = await tmux.SettingsAsync();
        await tmux.TypeAsync($"ccsignal run -t --id deaf {Child.Path} keys; echo code $?", "Enter");
        await tmux.ShowsAsync("ready");

        await tmux.TypeAsync("~.");

        await tmux.ShowsAsync("code 255");
        (await tmux.SettingsAsync()).ShouldBe(before);
        await using var client = await server.ConnectAsync(cancellationToken: Token);
        (await client.GetAsync("deaf", Token)).State.ShouldBe(ExecutionState.Running);

        await tmux.TypeAsync("clear; ccsignal attach -t deaf; echo again $?", "Enter");
        await tmux.ShowsAsync("ready");
        await tmux.TypeAsync("xq");
        await tmux.ShowsAsync("key 120");
        await tmux.ShowsAsync("again 0");
    }

    [Fact]
    public async Task Without_a_terminal_it_says_so_and_nothing_is_started()
    {
        await using var server = await TestServer.StartAsync();
        await using var cli = CliProcess.StartShell(server.Url, $"ccsignal run -t {Child.Path} window < /dev/null");

        var result = await cli.EndAsync();

        result.ShouldReturn(125);
        result.Error.ShouldContain("--terminal needs a terminal");
        await using var client = await server.ConnectAsync(cancellationToken: Token);
        (await client.ListAsync(cancellationToken: Token)).Items.ShouldBeEmpty();
    }
}
