using CcSignal.Execution;
using Microsoft.AspNetCore.SignalR;

namespace CcSignal.Server.Access;

/// <summary>Where hub methods and endpoints find their caller.</summary>
internal static class CallerExtensions
{
    /// <summary>Who opened this connection.</summary>
    public static Caller GetCaller(this HubCallerContext context) => CallerIdentity.Of(context.User).Caller;

    /// <summary>Who sent this request.</summary>
    public static Caller GetCaller(this HttpContext context) => CallerIdentity.Of(context.User).Caller;
}
