namespace CcSignal.Contracts;

/// <summary>What a <c>notice</c> tells.</summary>
public static class NoticeCodes
{
    /// <summary>It failed and is run again.</summary>
    public const string Retrying = "retrying";

    /// <summary>The command ended and left processes behind; the sentence says what was done with them.</summary>
    public const string ProcessesLeft = "processes_left";

    /// <summary>A part of the isolation asked for is not in force.</summary>
    public const string IsolationDegraded = "isolation_degraded";

    /// <summary>The notes of what was done to the execution are damaged; its recording is not concerned.</summary>
    public const string NotesLost = "notes_lost";

    /// <summary>A limit was reached that refuses something without ending the execution.</summary>
    public const string LimitReached = "limit_reached";

    /// <summary>The disk of the recording is full and the command waits; or there is room again.</summary>
    public const string DiskFull = "disk_full";

    /// <summary>The server that held its pipes ended: what it writes since then is not recorded.</summary>
    public const string OutputLost = "output_lost";

    /// <summary>A part of the recording cannot be read any more; what is missing follows as gaps.</summary>
    public const string RecordingDamaged = "recording_damaged";
}
