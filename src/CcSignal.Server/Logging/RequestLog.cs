namespace CcSignal.Server.Logging;

/// <summary>One line a request. The query stays out: it may hold a ticket.</summary>
internal sealed partial class RequestLog(RequestDelegate next, TimeProvider time, ILogger<RequestLog> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var milliseconds = time.GetElapsedTime(started).TotalMilliseconds;
            Log.Answered(logger, context.Request.Method, context.Request.Path, context.Response.StatusCode, milliseconds);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1202, LogLevel.Information, "{Method} {Path} → {Status} in {Milliseconds:0.0} ms.")]
        public static partial void Answered(ILogger logger, string method, PathString path, int status, double milliseconds);
    }
}
