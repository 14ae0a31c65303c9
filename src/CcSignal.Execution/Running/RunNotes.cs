using System.Text.Json;
using CcSignal.Contracts;
using CcSignal.Execution.Journal;

namespace CcSignal.Execution.Running;

/// <summary>
/// What a server has done to a running execution, beside its recording: so that a server that takes it over knows that it was asked to end, and
/// by whom, and which time its clocks stood still. Written seldom, read once.
/// </summary>
internal sealed record RunNotes
{
    /// <summary>Why it was asked to end; null: it was not.</summary>
    public StopReason? Stop { get; init; }

    /// <summary>Since when it is paused, Unix milliseconds; null: it runs.</summary>
    public long? PausedAt { get; init; }

    /// <summary>How long it was paused before, in milliseconds.</summary>
    public long PausedMilliseconds { get; init; }

    /// <summary>How long it had run, in milliseconds without pauses, when its last follower left; 0: nobody ever came; null: somebody follows.</summary>
    public long? FollowedUntil { get; init; } = 0;

    /// <summary>What its followers were told, oldest first.</summary>
    public IReadOnlyList<Notice> Notices { get; init; } = [];

    /// <summary>Those of an execution; empty ones when nothing was noted. Damaged ones are empty but for a notice that says so.</summary>
    public static RunNotes Load(JournalFiles files)
    {
        if (!File.Exists(files.Notes))
        {
            return new RunNotes();
        }

        try
        {
            return JsonSerializer.Deserialize<RunNotes>(File.ReadAllBytes(files.Notes)) ?? new RunNotes();
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            return new RunNotes { Notices = [new Notice(NoticeCodes.NotesLost, $"What was done to it while it ran cannot be read any more: {exception.Message}")] };
        }
    }

    /// <summary>Replaces them: killed at any moment, the old or the new ones are there whole.</summary>
    public void Save(JournalFiles files)
    {
        var next = files.Notes + ".new";
        File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(this));
        File.Move(next, files.Notes, overwrite: true);
    }
}
