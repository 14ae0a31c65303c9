using System.Text;
using CcSignal.Cli.Endings;
using CcSignal.Cli.Terminal;
using CcSignal.Cli.Wording;
using CcSignal.Contracts;

namespace CcSignal.Cli.Commands;

/// <summary>Executions a line each, as they come: what a table would show, without knowing the widths of what is to come.</summary>
internal sealed class ExecutionLines(TimeProvider time)
{
    private const int IdWidth = 32;
    private const int StateWidth = 16;

    private readonly Dictionary<string, ExecutionState> _printed = new(StringComparer.Ordinal);

    /// <summary>Prints it, unless only its output has grown since it was printed.</summary>
    public void Print(ExecutionInfo execution)
    {
        if (_printed.TryGetValue(execution.Id, out var state) && state == execution.State)
        {
            return;
        }

        var line = $"{execution.Id,-IdWidth}  {ExecutionText.State(execution, time.GetUtcNow()),-StateWidth}  {Printable.CommandLine(execution.Command, execution.Arguments)}\n";
        StandardStream.Output.Write(Encoding.UTF8.GetBytes(line));
        if (execution.State == ExecutionState.Ended)
        {
            _printed.Remove(execution.Id);
        }
        else
        {
            _printed[execution.Id] = execution.State;
        }
    }
}
