using System.Text.Json;
using CcSignal.Execution.Journal;

namespace CcSignal.Execution;

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

    /// <summary>Those of an execution; empty ones when nothing was noted.</summary>
    /// <exception cref="IOException">They are there and cannot be read.</exception>
    public static RunNotes Load(JournalFiles files)
    {
        try
        {
            return JsonSerializer.Deserialize<RunNotes>(File.ReadAllBytes(files.Notes)) ?? new RunNotes();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new RunNotes();
        }
        catch (JsonException exception)
        {
            throw new IOException($"'{files.Notes}' is damaged: {exception.Message}", exception);
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
