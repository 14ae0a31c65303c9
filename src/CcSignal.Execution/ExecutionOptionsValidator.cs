using Microsoft.Extensions.Options;

namespace CcSignal.Execution;

/// <summary>Checks what <see cref="ExecutionOptions"/> states.</summary>
[OptionsValidator]
internal sealed partial class ExecutionOptionsValidator : IValidateOptions<ExecutionOptions>;
