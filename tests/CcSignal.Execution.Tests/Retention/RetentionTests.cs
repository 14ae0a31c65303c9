using CcSignal.Contracts;
using CcSignal.TestKit;
using Microsoft.Extensions.Options;

namespace CcSignal.Execution.Tests.Retention;

/// <summary>What a configured engine keeps of what has ended.</summary>
public sealed class RetentionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("CcSignal:Retention:MaxExecutions", "2")]
    [InlineData("CcSignal:Retention:MaxBytes", "320")]
    [InlineData("CcSignal:Profiles:default:Retention:MaxExecutions", "2")]
    public async Task The_oldest_go_with_their_recordings_and_the_newest_stay(string key, string value)
    {
        // Each has 100 bytes and a record or more of the index.
        await using var engine = await Engine.StartAsync("auto", ("CcSignal:Retention:IntervalSeconds", "1"), (key, value));
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await engine.RunAsync("flood", "100"))[^1].Info!.Id);
        }

        foreach (var gone in ids[..3])
        {
            await IsForgottenAsync(engine, gone);
        }

        foreach (var kept in ids[3..])
        {
            (await engine.FollowToEndAsync(kept)).Bytes().Length.ShouldBe(100);
        }

        await Eventually.Holds(() => Directory.GetDirectories(Path.Combine(engine.DataDirectory, "journal", "removed")).Length == 0, null, Token, "what was removed is deleted");
        Recordings(engine).Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_ended_too_long_ago_goes_and_what_lives_stays()
    {
        // Two seconds.
        await using var engine = await Engine.StartAsync(
            "auto", ("CcSignal:Retention:IntervalSeconds", "1"), ("CcSignal:Retention:MaxAgeDays", "0.0000231"), ("CcSignal:Retention:MaxExecutions", "1"));
        var living = (await engine.Service.StartAsync(Engine.Request("sleep", "600"), Engine.Admin)).Id;
        var ended = (await engine.RunAsync("exit", "0"))[^1].Info!.Id;

        await IsForgottenAsync(engine, ended);

        (await engine.Service.GetAsync(living, Engine.Admin, Token)).State.ShouldBe(ExecutionState.Running);
    }

    [Fact]
    public async Task What_somebody_reads_stays_until_it_was_read()
    {
        await using var engine = await Engine.StartAsync("auto", ("CcSignal:Retention:IntervalSeconds", "1"), ("CcSignal:Retention:MaxExecutions", "0"));
        var followed = await engine.Service.StartAsync(Engine.Request("flood", "100"), Engine.Admin);
        using var subscription = await engine.Service.FollowAsync(followed.Id, null, Engine.Admin, Token);
        var downloaded = await engine.Service.StartAsync(Engine.Request("flood", "100"), Engine.Admin);
        using var recording = await engine.Service.OpenRecordingAsync(downloaded.Id, Engine.Admin, Token);
        var other = (await engine.Service.StartAsync(Engine.Request("exit", "0"), Engine.Admin)).Id;

        await IsForgottenAsync(engine, other);
        // A sweep came by after both had ended.
        await EndedAsync(engine, followed.Id);
        await EndedAsync(engine, downloaded.Id);
        await IsForgottenAsync(engine, (await engine.Service.StartAsync(Engine.Request("exit", "0"), Engine.Admin)).Id);

        var bytes = 0;
        await foreach (var item in subscription.EventsAsync(Token))
        {
            bytes += item.Data?.Length ?? 0;
        }

        bytes.ShouldBe(100);
        File.Exists(recording.Files.Of(OutputStream.Stdout)).ShouldBeTrue();
        subscription.Dispose();
        recording.Dispose();
        await IsForgottenAsync(engine, followed.Id);
        await IsForgottenAsync(engine, downloaded.Id);
    }

    [Theory]
    [InlineData("CcSignal:Retention:MaxAgeDays")]
    [InlineData("CcSignal:Profiles:default:Retention:MaxBytes")]
    public async Task Wrong_settings_are_told_by_their_keys(string key)
    {
        var fault = await Should.ThrowAsync<OptionsValidationException>(() => Engine.StartAsync("auto", (key, "-1")));

        fault.Message.ShouldContain(key.Split(':')[^1]);
    }

    private static Task EndedAsync(Engine engine, string id) =>
        Eventually.HoldsAsync(async () => (await engine.Service.GetAsync(id, Engine.Admin, Token)).State == ExecutionState.Ended, $"{id} has ended", Token);

    private static Task IsForgottenAsync(Engine engine, string id) => Eventually.HoldsAsync(
        async () =>
        {
            try
            {
                await engine.Service.GetAsync(id, Engine.Admin, Token);
                return false;
            }
            catch (RefusedException refused)
            {
                return refused.Code == ErrorCodes.NotFound;
            }
        },
        $"{id} is forgotten",
        Token);

    private static List<string> Recordings(Engine engine) =>
        [.. Directory.GetDirectories(Path.Combine(engine.DataDirectory, "journal"), "2*").SelectMany(Directory.GetDirectories)];
}
