using System.Text.Encodings.Web;
using System.Text.Json;
using CcSignal.Contracts;
using CcSignal.Execution;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace CcSignal.Server.Answers;

/// <summary>Every error over HTTP has the same shape: a code for programs, a sentence for people.</summary>
internal static partial class ErrorAnswer
{
    // Quotes and angle brackets as they are: the answer is read by people too, and never as a page.
    private static readonly JsonSerializerOptions Json = new(WireJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Gives refusals, faults and bare status codes of everything behind it that shape.</summary>
    public static void UseErrorAnswers(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = WriteExceptionAsync, SuppressDiagnosticsCallback = _ => true });
        app.UseStatusCodePages(pages => WriteStatusAsync(pages.HttpContext));
    }

    public static Task WriteAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new ErrorBody(code, message), Json, context.RequestAborted);
    }

    private static Task WriteExceptionAsync(HttpContext context)
    {
        var exception = context.Features.GetRequiredFeature<IExceptionHandlerFeature>().Error;
        switch (exception)
        {
            case RefusedException refused:
                return WriteAsync(context, Status(refused.Code), refused.Code, refused.Message);
            case BadHttpRequestException bad:
                return WriteAsync(context, bad.StatusCode, ErrorCodes.InvalidRequest, Sentence(bad.StatusCode));
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                return Task.CompletedTask;
            default:
                Log.Failed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ErrorAnswer)), context.Request.Method, context.Request.Path, exception);
                return WriteAsync(context, StatusCodes.Status500InternalServerError, ErrorCodes.Unavailable, Sentence(StatusCodes.Status500InternalServerError));
        }
    }

    private static Task WriteStatusAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        return WriteAsync(context, status, Code(status), Sentence(status));
    }

    private static int Status(string code) => code switch
    {
        ErrorCodes.InvalidRequest => StatusCodes.Status400BadRequest,
        ErrorCodes.Unauthorized => StatusCodes.Status401Unauthorized,
        ErrorCodes.Forbidden => StatusCodes.Status403Forbidden,
        ErrorCodes.NotFound => StatusCodes.Status404NotFound,
        ErrorCodes.Conflict => StatusCodes.Status409Conflict,
        ErrorCodes.QueueFull or ErrorCodes.TooManyStreams => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    private static string Code(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => ErrorCodes.Unauthorized,
        StatusCodes.Status403Forbidden => ErrorCodes.Forbidden,
        StatusCodes.Status404NotFound => ErrorCodes.NotFound,
        StatusCodes.Status409Conflict => ErrorCodes.Conflict,
        < StatusCodes.Status500InternalServerError => ErrorCodes.InvalidRequest,
        _ => ErrorCodes.Unavailable,
    };

    private static string Sentence(int status) => status switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address does not know that method.",
        StatusCodes.Status413PayloadTooLarge => "The body is too large.",
        StatusCodes.Status415UnsupportedMediaType => "The body must be JSON: 'Content-Type: application/json'.",
        < StatusCodes.Status500InternalServerError => "The request cannot be understood.",
        _ => "The server failed to answer; its log says why.",
    };

    private static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Error, "{Method} {Path} failed.")]
        public static partial void Failed(ILogger logger, string method, string path, Exception exception);
    }
}
