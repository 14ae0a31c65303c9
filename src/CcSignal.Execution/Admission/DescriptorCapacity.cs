using CcSignal.Execution.Processes.Linux.Native;
using Microsoft.Extensions.Options;

namespace CcSignal.Execution.Admission;

/// <summary>Says at the start, not in the middle of a night, that the process may not open as many files as its executions need.</summary>
internal sealed class DescriptorCapacity : IValidateOptions<AdmissionOptions>
{
    /// <summary>Descriptors of a running execution at most: two pipes or a terminal with its relay, input, process, three files.</summary>
    public const int EachExecution = 8;

    /// <summary>A quarter is for connections, readers, and the history.</summary>
    public const double Share = 0.75;

    public ValidateOptionsResult Validate(string? name, AdmissionOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            return ValidateOptionsResult.Success;
        }

        var files = Libc.OpenFileLimit();
        var room = (long)(files * Share / EachExecution);
        return options.MaxRunning <= room
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{AdmissionOptions.Section}:MaxRunning: {options.MaxRunning} executions at once need more than the {files} files this process may open; {room} fit. "
                + "Lower it, or raise the limit (ulimit -Hn, LimitNOFILE= under systemd).");
    }
}
