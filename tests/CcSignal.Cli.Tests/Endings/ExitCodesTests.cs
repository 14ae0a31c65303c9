using CcSignal.Cli.Endings;
using CcSignal.Contracts;

namespace CcSignal.Cli.Tests.Endings;

public sealed class ExitCodesTests
{
    public static TheoryData<EndCause, int> Causes => new()
    {
        { EndCause.Cancelled, 130 },
        { EndCause.TimedOut, 124 },
        { EndCause.IdleTimedOut, 124 },
        { EndCause.QueueTimedOut, 124 },
        { EndCause.OutputLimit, 153 },
        { EndCause.MemoryLimit, 137 },
        { EndCause.CpuLimit, 152 },
        { EndCause.DiskFull, 125 },
        { EndCause.Abandoned, 129 },
        { EndCause.StartFailed, 126 },
        { EndCause.Lost, 255 },
        { EndCause.ServerStopped, 143 },
    };

    [Theory]
    [MemberData(nameof(Causes))]
    public void Each_end_has_its_code(EndCause cause, int code) => ExitCodes.For(new ExecutionEnd { Cause = cause }).ShouldBe(code);

    [Fact]
    public void Every_cause_of_the_contract_is_in_the_table() =>
        Causes.Select(row => row.Data.Item1).Append(EndCause.Exited).Append(EndCause.Signaled).ShouldBe(Enum.GetValues<EndCause>(), ignoreOrder: true);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 7)]
    [InlineData(255, 255)]
    public void The_commands_own_code_is_ours(int own, int code) =>
        ExitCodes.For(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = own }).ShouldBe(code);

    [Fact]
    public void A_code_that_nobody_knows_is_not_success() =>
        ExitCodes.For(new ExecutionEnd { Cause = EndCause.Exited, Code = EndCodes.ExitStatusUnknown }).ShouldBe(ExitCodes.Unknown);

    [Theory]
    [InlineData("SIGHUP", 129)]
    [InlineData("SIGKILL", 137)]
    [InlineData("SIGSEGV", 139)]
    [InlineData("SIGTERM", 143)]
    [InlineData("SIGSYS", 159)]
    [InlineData("SIGRTMIN", 162)]
    [InlineData("SIGRTMIN+3", 165)]
    [InlineData("SIG64", 192)]
    [InlineData("SIGWHAT", 255)]
    [InlineData(null, 255)]
    public void A_signal_is_128_and_its_number(string? signal, int code) =>
        ExitCodes.For(new ExecutionEnd { Cause = EndCause.Signaled, Signal = signal }).ShouldBe(code);

    [Theory]
    [InlineData(EndCodes.NotFound, 127)]
    [InlineData(EndCodes.NotExecutable, 126)]
    [InlineData(EndCodes.BadDirectory, 126)]
    [InlineData(EndCodes.TooLarge, 126)]
    public void A_command_that_could_not_start_is_told_from_one_that_is_not_there(string why, int code) =>
        ExitCodes.For(new ExecutionEnd { Cause = EndCause.StartFailed, Code = why }).ShouldBe(code);
}
