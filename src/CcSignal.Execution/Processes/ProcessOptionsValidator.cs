using Microsoft.Extensions.Options;

namespace CcSignal.Execution.Processes;

/// <summary>Checks what <see cref="ProcessOptions"/> states.</summary>
[OptionsValidator]
internal sealed partial class ProcessOptionsValidator : IValidateOptions<ProcessOptions>;
