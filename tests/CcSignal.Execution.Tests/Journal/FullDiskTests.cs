using CcSignal.Contracts;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Tests.Processes;
using CcSignal.TestKit;

namespace CcSignal.Execution.Tests.Journal;

/// <summary>A full disk costs time, or the execution it hits; never a byte that was recorded, never the server, and never the truth.</summary>
public sealed class FullDiskTests
{
    private const int Flood = 12 * 1024 * 1024;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory, EveryLauncher]
    public async Task A_command_waits_for_room_and_loses_nothing(string launcher)
    {
        using var disk = new SmallDisk(24);
        await using var engine = await StartAsync(launcher, disk);
        disk.Fill(leaveBytes: 3 * 1024 * 1024);
        var id = (await engine.Service.StartAsync(Engine.Request("flood", Flood.ToString()), Engine.Admin)).Id;

        await engine.FollowAsync(id).FirstAsync(item => item.Kind == EventKind.Notice && item.Code == NoticeCodes.DiskFull, Cancelled);
        disk.Empty();
        var events = await engine.FollowToEndAsync(id);

        (events.End().Cause, events.End().ExitCode).ShouldBe((EndCause.Exited, 0));
        events.Sha256().ShouldBe(Child.Sha256(Flood));
        events.Count(item => item.Code == NoticeCodes.DiskFull).ShouldBe(2, "it waited, and it went on");
    }

    [Theory, EveryLauncher]
    public async Task When_its_patience_is_over_it_ends_as_that_and_what_was_recorded_is_exact(string launcher)
    {
        using var disk = new SmallDisk(24);
        await using var engine = await StartAsync(launcher, disk, ("CcSignal:Profiles:default:DiskFullPatienceSeconds", "0.5"), ("CcSignal:Profiles:default:StopGraceSeconds", "1"));
        disk.Fill(leaveBytes: 3 * 1024 * 1024);
        var id = (await engine.Service.StartAsync(Engine.Request("flood", Flood.ToString()), Engine.Admin)).Id;

        await engine.FollowAsync(id).FirstAsync(item => item.Kind == EventKind.Notice && item.Code == NoticeCodes.DiskFull, Cancelled);
        await Eventually.Holds(() => engine.LivingCommands.Count == 0, cancellationToken: Cancelled);

        // Its end can be recorded, and so told, only where there is room for it.
        disk.Empty();
        var events = await engine.FollowToEndAsync(id);

        events.End().Cause.ShouldBe(EndCause.DiskFull);
        events.End().Message!.ShouldContain("could not be recorded");
        var bytes = events.Bytes();
        bytes.Length.ShouldBeInRange(1024 * 1024, Flood - 1);
        bytes.ShouldBe(Child.Bytes(bytes.Length));
    }

    [Fact]
    public async Task Nothing_is_started_without_room_and_everything_again_with_it()
    {
        using var disk = new SmallDisk(24);
        await using var engine = await StartAsync("auto", disk, ("CcSignal:Journal:MinFreeBytes", "1000000"));
        (await engine.RunAsync("echo", "before")).End().ExitCode.ShouldBe(0);

        disk.Fill(leaveBytes: 900_000);
        var refusal = await Should.ThrowAsync<RefusedException>(() => engine.Service.StartAsync(Engine.Request("echo", "x"), Engine.Admin));
        disk.Empty();
        var after = await engine.RunAsync("echo", "after");

        refusal.Code.ShouldBe(ErrorCodes.Unavailable);
        refusal.Message.ShouldContain("CcSignal:Journal:MinFreeBytes");
        after.Text().ShouldBe("after\n");
    }

    [Theory]
    [InlineData("stdout", 1_000_000)]
    [InlineData("index", 2400)]
    [InlineData("index", 2411)]
    [InlineData("index", 0)]
    public async Task A_recording_that_was_cut_is_shown_to_its_last_good_piece_and_the_rest_is_a_gap(string file, long length)
    {
        await using var engine = await Engine.StartAsync();
        var info = (await engine.RunAsync("flood", "3000000")).Last().Info!;
        using (var cut = new FileStream(Path.Combine(FilesOf(engine).Directory, file), FileMode.Open))
        {
            cut.SetLength(length);
        }

        var events = await engine.FollowToEndAsync(info.Id);

        events.Single(item => item.Kind == EventKind.Notice).Code.ShouldBe(NoticeCodes.RecordingDamaged);
        var bytes = events.Bytes();
        bytes.ShouldBe(Child.Bytes(bytes.Length));
        var gap = events.Single(item => item.Kind == EventKind.Gap);
        (gap.Stream, gap.Offset, gap.Bytes).ShouldBe((OutputStream.Stdout, bytes.Length, 3_000_000 - bytes.Length));
        events.Last().Kind.ShouldBe(EventKind.Ended);
    }

    [Theory]
    [InlineData(8, "the offset")]
    [InlineData(16, "the length")]
    public async Task A_damaged_index_never_passes_other_bytes_off_as_these(int position, string what)
    {
        await using var engine = await Engine.StartAsync();
        var info = (await engine.RunAsync("flood", "3000000")).Last().Info!;
        using (var index = new FileStream(FilesOf(engine).Index, FileMode.Open))
        {
            index.Position = (100 * IndexRecord.Size) + position;
            index.WriteByte(0xA5);
        }

        var events = await engine.FollowToEndAsync(info.Id);

        var bytes = events.Bytes();
        bytes.ShouldBe(Child.Bytes(bytes.Length), what);
        events.Single(item => item.Kind == EventKind.Notice).Code.ShouldBe(NoticeCodes.RecordingDamaged);
        events.Single(item => item.Kind == EventKind.Gap).Bytes.ShouldBe(3_000_000 - bytes.Length);
        events.Last().Kind.ShouldBe(EventKind.Ended);
    }

    private static JournalFiles FilesOf(Engine engine) =>
        new(Directory.EnumerateDirectories(Directory.EnumerateDirectories(Path.Combine(engine.DataDirectory, "journal")).Single()).Single());

    private static Task<Engine> StartAsync(string launcher, SmallDisk disk, params (string, string)[] settings) => Engine.StartAsync(
        launcher, [("CcSignal:DataDirectory", Path.Combine(disk.Path, "data")), ("CcSignal:Journal:MinFreeBytes", "0"), .. settings]);
}
