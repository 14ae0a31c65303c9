using CcSignal.Contracts;
using CcSignal.Execution.Admission;

namespace CcSignal.Execution.Tests.Admission;

/// <summary>The contract's rules of a request, on both sides of each limit; every refusal names its field.</summary>
public sealed class RequestRulesTests
{
    private static readonly ExecutionRequest Sound = new() { Command = "true" };

    public static TheoryData<string, ExecutionRequest> Taken { get; } = new()
    {
        { "the least", Sound },
        { "id of 64", Sound with { Id = new string('a', 64) } },
        { "id of every kind", Sound with { Id = "aZ09_-" } },
        { "512 arguments", Sound with { Arguments = [.. Enumerable.Repeat("a", 512)] } },
        { "an argument of 128 KiB - 1", Sound with { Arguments = [new string('a', (128 * 1024) - 1)] } },
        { "192 KiB of arguments", Sound with { Arguments = [new string('a', 96 * 1024), new string('b', 96 * 1024)] } },
        { "16 tags", Sound with { Tags = Enumerable.Range(0, 16).ToDictionary(i => $"t{i}", _ => "v") } },
        { "a tag of 64 and 256", Sound with { Tags = new Dictionary<string, string> { [new string('n', 64)] = new string('v', 256) } } },
        { "priority 10", Sound with { Priority = 10 } },
        { "priority -10", Sound with { Priority = -10 } },
        { "timeout of a millisecond", Sound with { TimeoutSeconds = 0.001 } },
        { "abandoned after a millisecond", Sound with { AbandonAfterSeconds = 0.001 } },
        { "no stop grace", Sound with { StopGraceSeconds = 0 } },
        { "one byte of output", Sound with { MaxOutputBytes = 1 } },
        { "exclusive key of 128", Sound with { ExclusiveKey = new string('k', 128) } },
        { "one attempt", Sound with { Retry = new RetryPolicy(1, []) } },
        { "a surrogate pair", Sound with { Arguments = ["🦊"] } },
    };

    public static TheoryData<string, ExecutionRequest?> Refused { get; } = new()
    {
        { "request", null },
        { "command", Sound with { Command = "" } },
        { "command", Sound with { Command = null! } },
        { "command", Sound with { Command = "a\0b" } },
        { "id", Sound with { Id = "" } },
        { "id", Sound with { Id = new string('a', 65) } },
        { "id", Sound with { Id = "with space" } },
        { "id", Sound with { Id = "line\n" } },
        { "id", Sound with { Id = "../etc" } },
        { "arguments", Sound with { Arguments = [.. Enumerable.Repeat("a", 513)] } },
        { "arguments", Sound with { Arguments = null! } },
        { "arguments[1]", Sound with { Arguments = ["a", null!] } },
        { "arguments[0]", Sound with { Arguments = ["nul\0nul"] } },
        { "arguments[0]", Sound with { Arguments = [new string('a', 128 * 1024)] } },
        { "arguments[0]", Sound with { Arguments = [new string('ä', 64 * 1024)] } },
        { "arguments", Sound with { Arguments = [new string('a', 96 * 1024), new string('b', (96 * 1024) + 1)] } },
        { "arguments[0]", Sound with { Arguments = ["\ud83d"] } },
        { "arguments[0]", Sound with { Arguments = ["\udd8a\ud83d"] } },
        { "workingDirectory", Sound with { WorkingDirectory = "relative" } },
        { "workingDirectory", Sound with { WorkingDirectory = "/nul\0" } },
        { "environment", Sound with { Environment = new Dictionary<string, string> { ["A=B"] = "x" } } },
        { "environment", Sound with { Environment = new Dictionary<string, string> { [""] = "x" } } },
        { "environment.A", Sound with { Environment = new Dictionary<string, string> { ["A"] = "x\0" } } },
        { "environment.A", Sound with { Environment = new Dictionary<string, string> { ["A"] = null! } } },
        { "tags", Sound with { Tags = Enumerable.Range(0, 17).ToDictionary(i => $"t{i}", _ => "v") } },
        { "tags", Sound with { Tags = new Dictionary<string, string> { [new string('n', 65)] = "v" } } },
        { "tags.n", Sound with { Tags = new Dictionary<string, string> { ["n"] = new string('v', 257) } } },
        { "priority", Sound with { Priority = 11 } },
        { "priority", Sound with { Priority = -11 } },
        { "timeoutSeconds", Sound with { TimeoutSeconds = 0 } },
        { "timeoutSeconds", Sound with { TimeoutSeconds = -1 } },
        { "timeoutSeconds", Sound with { TimeoutSeconds = double.NaN } },
        { "timeoutSeconds", Sound with { TimeoutSeconds = double.PositiveInfinity } },
        { "idleTimeoutSeconds", Sound with { IdleTimeoutSeconds = 0 } },
        { "queueTimeoutSeconds", Sound with { QueueTimeoutSeconds = 0 } },
        { "abandonAfterSeconds", Sound with { AbandonAfterSeconds = 0 } },
        { "stopGraceSeconds", Sound with { StopGraceSeconds = -0.1 } },
        { "maxOutputBytes", Sound with { MaxOutputBytes = 0 } },
        { "exclusiveKey", Sound with { ExclusiveKey = "" } },
        { "exclusiveKey", Sound with { ExclusiveKey = new string('k', 129) } },
        { "terminal", Sound with { Terminal = new TerminalSize(0, 24) } },
        { "retry", Sound with { Retry = new RetryPolicy(0, []) } },
    };

    public static TheoryData<string, ExecutionRequest> NotYet { get; } = new()
    {
        { "retry", Sound with { Retry = new RetryPolicy(2, ["overloaded"]) } },
    };

    [Theory, MemberData(nameof(Taken), DisableDiscoveryEnumeration = true)]
    public void What_the_contract_allows_is_taken(string what, ExecutionRequest request) =>
        RequestRules.Check(request).ShouldBeSameAs(request, what);

    [Theory, MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void What_it_does_not_is_refused_by_name(string field, ExecutionRequest? request)
    {
        var refusal = Should.Throw<RefusedException>(() => RequestRules.Check(request));

        refusal.Code.ShouldBe(ErrorCodes.InvalidRequest);
        refusal.Message.ShouldContain(field);
    }

    [Theory, MemberData(nameof(NotYet), DisableDiscoveryEnumeration = true)]
    public void What_this_server_cannot_honour_is_refused_and_never_ignored(string field, ExecutionRequest request)
    {
        var refusal = Should.Throw<RefusedException>(() => RequestRules.Check(request));

        refusal.Code.ShouldBe(ErrorCodes.Unavailable);
        refusal.Message.ShouldContain($"'{field}'");
    }
}
