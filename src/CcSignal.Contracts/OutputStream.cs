using System.Text.Json.Serialization;

namespace CcSignal.Contracts;

/// <summary>Which of a command's two output streams.</summary>
[JsonConverter(typeof(WireEnumConverter<OutputStream>))]
public enum OutputStream
{
    /// <summary>Standard output; all output of a terminal.</summary>
    Stdout,

    /// <summary>Standard error.</summary>
    Stderr,
}
