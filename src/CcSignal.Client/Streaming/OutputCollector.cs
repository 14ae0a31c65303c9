using System.Buffers;
using CcSignal.Contracts;

namespace CcSignal.Client.Streaming;

/// <summary>Keeps what a command writes, up to a bound.</summary>
internal sealed class OutputCollector(string executionId, CollectOptions options)
{
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly ArrayBufferWriter<byte> _error = new();
    private bool _truncated;

    /// <summary>Takes one event in.</summary>
    /// <exception cref="OutputTooLargeException">It passes the bound, and truncation is not allowed.</exception>
    public void Add(ExecutionEvent item)
    {
        if (item.Kind == EventKind.Gap)
        {
            _truncated = true;
        }
        else if (item is { Kind: EventKind.Output, Data: { } data })
        {
            var room = options.MaxBytes - _output.WrittenCount - _error.WrittenCount;
            if (data.Length > room)
            {
                _truncated = options.Truncate ? true : throw new OutputTooLargeException(executionId, options.MaxBytes);
                data = data[..(int)room];
            }

            (item.Stream == OutputStream.Stderr ? _error : _output).Write(data.Span);
        }
    }

    /// <summary>What was kept of an execution that has ended.</summary>
    public ExecutionResult Result(ExecutionInfo ended) => new(ended, _output.WrittenMemory, _error.WrittenMemory, _truncated);
}
