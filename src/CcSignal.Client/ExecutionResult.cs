using System.Text;
using CcSignal.Contracts;

namespace CcSignal.Client;

/// <summary>An execution that has ended, with what it wrote.</summary>
public sealed class ExecutionResult
{
    private readonly ReadOnlyMemory<byte> _output;
    private readonly ReadOnlyMemory<byte> _error;

    internal ExecutionResult(ExecutionInfo info, ReadOnlyMemory<byte> output, ReadOnlyMemory<byte> error, bool truncated)
    {
        Info = info;
        End = info.End ?? throw new ArgumentException("The execution has not ended.", nameof(info));
        _output = output;
        _error = error;
        Truncated = truncated;
    }

    /// <summary>The execution as it ended.</summary>
    public ExecutionInfo Info { get; }

    /// <summary>How and why it ended.</summary>
    public ExecutionEnd End { get; }

    /// <summary>It ended by itself with exit code 0.</summary>
    public bool Success => End is { Cause: EndCause.Exited, ExitCode: 0 };

    /// <summary>
    /// The command's exit code; null where it ended by a signal, never started, or nobody can know it. What the server stopped may have answered with one,
    /// 0 too: <see cref="Success"/> tells.
    /// </summary>
    public int? ExitCode => End.ExitCode;

    /// <summary>What it wrote on standard output, byte for byte.</summary>
    public ReadOnlyMemory<byte> StandardOutputBytes => _output;

    /// <summary>What it wrote on standard error, byte for byte.</summary>
    public ReadOnlyMemory<byte> StandardErrorBytes => _error;

    /// <summary>Standard output as UTF-8 text; bytes that are none become U+FFFD.</summary>
    public string StandardOutput => Encoding.UTF8.GetString(_output.Span);

    /// <summary>Standard error as UTF-8 text; bytes that are none become U+FFFD.</summary>
    public string StandardError => Encoding.UTF8.GetString(_error.Span);

    /// <summary>Output beyond <see cref="CollectOptions.MaxBytes"/> was dropped, or the server no longer had some of it.</summary>
    public bool Truncated { get; }
}
