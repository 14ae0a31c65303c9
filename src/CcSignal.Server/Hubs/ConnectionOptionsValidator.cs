using Microsoft.Extensions.Options;

namespace CcSignal.Server.Hubs;

/// <summary>Checks the ranges that <see cref="ConnectionOptions"/> states.</summary>
[OptionsValidator]
internal sealed partial class ConnectionOptionsValidator : IValidateOptions<ConnectionOptions>;
