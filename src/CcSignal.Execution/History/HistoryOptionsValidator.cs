using Microsoft.Extensions.Options;

namespace CcSignal.Execution.History;

/// <summary>Checks <see cref="HistoryOptions"/> by its attributes.</summary>
[OptionsValidator]
internal sealed partial class HistoryOptionsValidator : IValidateOptions<HistoryOptions>;
