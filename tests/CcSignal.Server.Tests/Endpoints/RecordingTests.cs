using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using CcSignal.Contracts;
using CcSignal.Execution;
using CcSignal.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CcSignal.Server.Tests.Endpoints;

public sealed class RecordingTests
{
    private const int Size = 300_000;
    private static readonly Caller User = new("user", Administrator: false);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task The_recorded_bytes_come_as_a_download_and_not_as_a_page()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client(RunningServer.User);
        var id = await RunAsync(server, "flood", $"{Size}");
        using var answer = await client.GetAsync($"/executions/{id}/output?stream=stdout", Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var content = answer.Content;
        Convert.ToHexStringLower(SHA256.HashData(await content.ReadAsByteArrayAsync(Cancelled))).ShouldBe(Child.Sha256(Size), StringCompareShould.IgnoreCase);
        content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        content.Headers.ContentLength.ShouldBe(Size);
        content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        content.Headers.ContentDisposition.FileName.ShouldBe($"{id}.stdout");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        answer.Headers.AcceptRanges.ShouldBe(["bytes"]);

        using var other = await client.GetAsync($"/executions/{id}/output?stream=stderr", Cancelled);
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await other.Content.ReadAsByteArrayAsync(Cancelled)).ShouldBeEmpty();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_range_gives_exactly_its_bytes()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client(RunningServer.User);
        var path = $"/executions/{await RunAsync(server, "flood", $"{Size}")}/output?stream=stdout";
        var whole = await client.GetByteArrayAsync(path, Cancelled);
        (long? From, long? To, Range Expected)[] ranges =
        [
            (0, 0, ..1), (0, 99, ..100), (65_535, 65_536, 65_535..65_537), (Size - 1, null, ^1..), (Size - 10, Size + 10, ^10..), (null, 7, ^7..),
        ];
        foreach (var (from, to, expected) in ranges)
        {
            using var part = await GetRangeAsync(client, path, new RangeHeaderValue(from, to));
            part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
            (await part.Content.ReadAsByteArrayAsync(Cancelled)).ShouldBe(whole[expected]);
            part.Content.Headers.ContentRange!.Length.ShouldBe(Size);
        }

        using var beyond = await GetRangeAsync(client, path, new RangeHeaderValue(Size, null));
        beyond.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        beyond.Content.Headers.ContentRange!.Length.ShouldBe(Size);

        // RFC 9110 leaves it to the server to answer several ranges with the whole.
        using var several = await GetRangeAsync(client, path, new RangeHeaderValue { Ranges = { new(0, 1), new(5, 6) } });
        several.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await several.Content.ReadAsByteArrayAsync(Cancelled)).ShouldBe(whole);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_head_of_a_recording_tells_its_length_and_sends_nothing()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client(RunningServer.User);
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/executions/{await RunAsync(server, "flood", $"{Size}")}/output?stream=stdout");
        using var answer = await client.SendAsync(request, Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentLength.ShouldBe(Size);
        (await answer.Content.ReadAsByteArrayAsync(Cancelled)).ShouldBeEmpty();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_recording_that_grows_is_given_out_as_it_was_when_it_was_asked_for()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client(RunningServer.User);
        var executions = server.App.Services.GetRequiredService<ExecutionService>();
        var running = await executions.StartAsync(new ExecutionRequest { Command = Child.Path, Arguments = ["lines", "1000000", "1", "1000"] }, User);
        await foreach (var item in (await executions.FollowAsync(running.Id, null, User, Cancelled)).EventsAsync(Cancelled))
        {
            if (item.Kind == EventKind.Output)
            {
                break;
            }
        }

        var path = $"/executions/{running.Id}/output?stream=stdout";
        long last = 0;
        for (var times = 0; times < 20;)
        {
            using var answer = await client.GetAsync(path, Cancelled);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            var bytes = await answer.Content.ReadAsByteArrayAsync(Cancelled);
            bytes.LongLength.ShouldBe(answer.Content.Headers.ContentLength!.Value);
            bytes.LongLength.ShouldBeGreaterThanOrEqualTo(last);
            times += bytes.LongLength > last ? 1 : 0;
            last = bytes.LongLength;
        }

        await executions.CancelAsync(running.Id, null, User, Cancelled);
        await EndAsync(executions, running.Id);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_index_comes_raw()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client(RunningServer.User);
        var id = await RunAsync(server, "both", "100");
        var executions = server.App.Services.GetRequiredService<ExecutionService>();
        var recording = await executions.OpenRecordingAsync(id, User, Cancelled);
        var index = await client.GetByteArrayAsync($"/executions/{id}/index", Cancelled);
        index.ShouldBe(await File.ReadAllBytesAsync(recording.Files.Index, Cancelled));
        index.ShouldNotBeEmpty();
    }

    [Fact(Timeout = 30_000)]
    public async Task The_outline_tells_the_whole_in_as_many_slices_as_wanted()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client(RunningServer.User);
        var id = await RunAsync(server, "flood", $"{Size}");

        foreach (var points in (int[])[1, 10, 10_000])
        {
            using var answer = JsonDocument.Parse(await client.GetStringAsync($"/executions/{id}/index?points={points}", Cancelled));
            var slices = answer.RootElement.GetProperty("slices").EnumerateArray().ToList();
            slices.Count.ShouldBeInRange(1, points);
            slices.Sum(slice => slice.GetProperty("stdoutBytes").GetInt64()).ShouldBe(Size);
            slices[0].GetProperty("sequence").GetInt64().ShouldBe(1);
        }
    }

    [Theory(Timeout = 30_000)]
    [InlineData("0")]
    [InlineData("10001")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("many")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    [InlineData("1&points=2")]
    public async Task An_outline_of_none_or_too_many_slices_is_refused(string points)
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client(RunningServer.User);
        using var answer = await client.GetAsync($"/executions/x/index?points={points}", Cancelled);
        (await answer.ShouldBeErrorAsync(HttpStatusCode.BadRequest, ErrorCodes.InvalidRequest)).ShouldContain("1 to 10000");
    }

    [Fact(Timeout = 30_000)]
    public async Task What_never_ran_has_an_empty_recording()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client(RunningServer.User);
        var executions = server.App.Services.GetRequiredService<ExecutionService>();
        var failed = await executions.StartAsync(new ExecutionRequest { Command = "no-such-command" }, User);
        await EndAsync(executions, failed.Id);
        (await client.GetByteArrayAsync($"/executions/{failed.Id}/output?stream=stdout", Cancelled)).ShouldBeEmpty();
        (await client.GetByteArrayAsync($"/executions/{failed.Id}/index", Cancelled)).ShouldBeEmpty();
        (await client.GetStringAsync($"/executions/{failed.Id}/index?points=10", Cancelled)).ShouldBe("""{"slices":[]}""");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_foreign_execution_is_as_unknown_as_one_that_never_was()
    {
        await using var server = await RunningServer.StartAsync(
            ("CcSignal:Access:Tokens:other:Sha256", Convert.ToHexString(Server.Access.Secret.Hash("the-token-of-somebody-else"))));
        var id = await RunAsync(server, "echo", "secret");
        using var other = server.Client("the-token-of-somebody-else");
        using var administrator = server.Client(RunningServer.Administrator);
        foreach (var file in (string[])["output?stream=stdout", "index", "index?points=1"])
        {
            using var foreign = await other.GetAsync($"/executions/{id}/{file}", Cancelled);
            using var unknown = await other.GetAsync($"/executions/never/{file}", Cancelled);
            var message = await foreign.ShouldBeErrorAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound);
            (await unknown.ShouldBeErrorAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound)).ShouldBe(message.Replace(id, "never", StringComparison.Ordinal));
            using var seen = await administrator.GetAsync($"/executions/{id}/{file}", Cancelled);
            seen.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Theory(Timeout = 30_000)]
    [InlineData("")]
    [InlineData("?stream=")]
    [InlineData("?stream=stdin")]
    [InlineData("?stream=STDOUT")]
    [InlineData("?stream=stdout&stream=stderr")]
    public async Task A_stream_that_is_none_is_refused(string query)
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client(RunningServer.User);
        using var answer = await client.GetAsync($"/executions/x/output{query}", Cancelled);
        await answer.ShouldBeErrorAsync(HttpStatusCode.BadRequest, ErrorCodes.InvalidRequest);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("..%2f..%2fhistory.db")]
    [InlineData("..")]
    [InlineData("a%0d%0aX-Injected:%201")]
    public async Task An_id_is_never_a_path(string id)
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client(RunningServer.User);
        using var answer = await client.GetAsync($"/executions/{id}/index", Cancelled);
        await answer.ShouldBeErrorAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound);
        answer.Headers.Contains("X-Injected").ShouldBeFalse();
    }

    private static async Task<string> RunAsync(RunningServer server, params string[] arguments)
    {
        var executions = server.App.Services.GetRequiredService<ExecutionService>();
        var info = await executions.StartAsync(new ExecutionRequest { Command = Child.Path, Arguments = arguments }, User);
        var end = await EndAsync(executions, info.Id);
        end.ExitCode.ShouldBe(0);
        return info.Id;
    }

    private static async Task<ExecutionEnd> EndAsync(ExecutionService executions, string id)
    {
        var subscription = await executions.FollowAsync(id, null, User, Cancelled);
        ExecutionEvent? last = null;
        await foreach (var item in subscription.EventsAsync(Cancelled))
        {
            last = item;
        }

        return last!.Info!.End!;
    }

    private static Task<HttpResponseMessage> GetRangeAsync(HttpClient client, string path, RangeHeaderValue range)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Range = range;
        return client.SendAsync(request, Cancelled);
    }
}
