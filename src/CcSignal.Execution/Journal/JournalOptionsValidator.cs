using Microsoft.Extensions.Options;

namespace CcSignal.Execution.Journal;

/// <summary>Checks the ranges that <see cref="JournalOptions"/> states.</summary>
[OptionsValidator]
internal sealed partial class JournalOptionsValidator : IValidateOptions<JournalOptions>;
