namespace CcSignal.Execution.History;

/// <summary>What kept the store from doing its work.</summary>
internal enum StoreFault
{
    /// <summary>The directory or the file cannot be written.</summary>
    NotWritable,

    /// <summary>The file is no history of this program.</summary>
    Foreign,

    /// <summary>A newer version of this program has written the file.</summary>
    Newer,

    /// <summary>The file is damaged.</summary>
    Damaged,

    /// <summary>The disk is full. Later writes may succeed.</summary>
    DiskFull,

    /// <summary>Another process holds the file for too long. Later writes may succeed.</summary>
    Busy,

    /// <summary>Another server has opened this history as the same node; this one owns nothing any more.</summary>
    Displaced,

    /// <summary>The store is closed.</summary>
    Closed,

    /// <summary>Anything else that the database refused.</summary>
    Failed,
}
