using Microsoft.Extensions.Options;

namespace CcSignal.Execution.Retention;

/// <summary>Checks <see cref="RetentionOptions"/> by its attributes.</summary>
[OptionsValidator]
internal sealed partial class RetentionOptionsValidator : IValidateOptions<RetentionOptions>;
