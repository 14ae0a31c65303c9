using System.Security.Claims;
using CcSignal.Execution;

namespace CcSignal.Server.Access;

/// <summary>An authenticated caller, as ASP.NET Core carries one.</summary>
/// <param name="caller">Who it is.</param>
/// <param name="ended">When it stops being so.</param>
internal sealed class CallerIdentity(Caller caller, CancellationToken ended = default)
    : ClaimsIdentity([new Claim(ClaimTypes.Name, caller.Name)], AccessHandler.Scheme)
{
    public Caller Caller { get; } = caller;

    public CancellationToken Ended { get; } = ended;

    /// <summary>Of a connection or request that was let in, and so has one.</summary>
    public static CallerIdentity Of(ClaimsPrincipal? user) =>
        user?.Identity as CallerIdentity ?? throw new InvalidOperationException("This endpoint was reached without an authenticated caller.");
}
