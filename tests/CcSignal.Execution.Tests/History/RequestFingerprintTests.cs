using CcSignal.Contracts;
using CcSignal.Execution.History;

namespace CcSignal.Execution.Tests.History;

public sealed class RequestFingerprintTests
{
    private static readonly ExecutionRequest Request = new()
    {
        Id = "a",
        Command = "make",
        Arguments = ["x", "y"],
        Environment = new Dictionary<string, string> { ["A"] = "1", ["B"] = "2" },
        Tags = new Dictionary<string, string> { ["p"] = "1", ["q"] = "2" },
    };

    [Fact]
    public void The_same_request_is_the_same_under_any_id_and_with_maps_in_any_order()
    {
        var other = Request with
        {
            Id = null,
            Profile = Defaults.Profile,
            Arguments = new List<string> { "x", "y" },
            Environment = new SortedDictionary<string, string>(Comparer<string>.Create((a, b) => string.CompareOrdinal(b, a))) { ["A"] = "1", ["B"] = "2" },
            Tags = new Dictionary<string, string> { ["q"] = "2", ["p"] = "1" },
        };

        RequestFingerprint.Of(other).ShouldBe(RequestFingerprint.Of(Request));
        RequestFingerprint.Of(Request).Length.ShouldBe(32);
    }

    [Fact]
    public void An_empty_map_asks_for_what_no_map_asks_for()
    {
        var none = new ExecutionRequest { Command = "echo" };

        RequestFingerprint.Of(none with { Tags = new Dictionary<string, string>(), Environment = new Dictionary<string, string>() }).ShouldBe(RequestFingerprint.Of(none));
    }

    [Fact]
    public void Any_other_word_makes_another_request()
    {
        ExecutionRequest[] others =
        [
            Request with { Command = "Make" },
            Request with { Arguments = ["x y"] },
            Request with { Arguments = ["y", "x"] },
            Request with { Profile = "other" },
            Request with { WorkingDirectory = "/" },
            Request with { Environment = new Dictionary<string, string> { ["A"] = "2", ["B"] = "1" } },
            Request with { Tags = null },
            Request with { Input = InputMode.Open },
            Request with { Terminal = new TerminalSize(1, 2) },
            Request with { TimeoutSeconds = 1 },
            Request with { IdleTimeoutSeconds = 1 },
            Request with { QueueTimeoutSeconds = 1 },
            Request with { StopGraceSeconds = 1 },
            Request with { MaxOutputBytes = 1 },
            Request with { AbandonAfterSeconds = 1 },
            Request with { Priority = 1 },
            Request with { ExclusiveKey = "k" },
            Request with { Retry = new RetryPolicy(2, []) },
            Request with { Limits = new ResourceLimits { Processes = 1 } },
            Request,
        ];

        others.Select(other => Convert.ToHexString(RequestFingerprint.Of(other))).Distinct().Count().ShouldBe(others.Length);
    }

    // Stored fingerprints must mean the same to the next version: a changed value here breaks the repeat of older starts.
    [Fact]
    public void The_fingerprint_of_a_request_never_changes()
    {
        Convert.ToHexString(RequestFingerprint.Of(Request)).ShouldBe("89D1A19D062EB268B2AA670AC417A26FDC6731BFD2949721E047B2C3D2F8B8AC");
    }
}
