using Microsoft.Extensions.Options;

namespace CcSignal.Execution.Admission;

/// <summary>Checks the ranges that <see cref="AdmissionOptions"/> states.</summary>
[OptionsValidator]
internal sealed partial class AdmissionOptionsValidator : IValidateOptions<AdmissionOptions>;
