namespace CcSignal.Load.Engine;

/// <summary>What statistics can be written as.</summary>
public enum ReportFormat
{
    /// <summary>Plain text.</summary>
    Txt,

    /// <summary>A page.</summary>
    Html,

    /// <summary>Comma-separated values.</summary>
    Csv,

    /// <summary>Markdown.</summary>
    Md,
}
