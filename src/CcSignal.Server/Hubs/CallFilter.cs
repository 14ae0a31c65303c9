using System.Runtime.CompilerServices;
using CcSignal.Contracts;
using CcSignal.Execution;
using CcSignal.Server.Access;
using Microsoft.AspNetCore.SignalR;

namespace CcSignal.Server.Hubs;

/// <summary>
/// What every call of the hub has in common: streams are counted, a refusal becomes the contract's error, a cancelled call ends
/// quietly, and our own fault is logged once and told without detail.
/// </summary>
internal sealed partial class CallFilter(ILogger<CallFilter> logger) : IHubFilter
{
    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        // All of it now: from here on the items are only read, by calls and streams that run side by side.
        context.Context.Items[typeof(OpenStreams)] = new OpenStreams();
        ConnectionSubscriptions.Prepare(context.Context);

        var loggedOut = CallerIdentity.Of(context.Context.User).Ended.Register(context.Context.Abort);
        context.Context.ConnectionAborted.Register(() => loggedOut.Unregister());
        await next(context);
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        if (exception is not null and not OperationCanceledException)
        {
            Log.Closed(logger, context.Context.ConnectionId, exception.Message);
        }

        return next(context, exception);
    }

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext context, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var isStream = IsStream(context.HubMethod.ReturnType);
        var streams = (OpenStreams)context.Context.Items[typeof(OpenStreams)]!;
        if (isStream && !streams.TryOpen())
        {
            throw Refusal(ErrorCodes.TooManyStreams, $"This connection has {Limits.MaxStreamsPerConnection} streams open. Let one end first, or open another connection.");
        }

        try
        {
            var result = await next(context);
            return isStream ? Guard(result, streams, context) : result;
        }
        catch (Exception exception)
        {
            if (isStream)
            {
                streams.Close();
            }

            throw Answer(exception, context);
        }
    }

    private static bool IsStream(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>);

    private object Guard(object? stream, OpenStreams streams, HubInvocationContext context) => stream switch
    {
        IAsyncEnumerable<ExecutionEvent> events => Guard(events, streams, context),
        IAsyncEnumerable<ExecutionInfo> executions => Guard(executions, streams, context),
        _ => throw new NotSupportedException($"The stream of {context.HubMethodName} is not guarded: name its type here."),
    };

    private async IAsyncEnumerable<T> Guard<T>(
        IAsyncEnumerable<T> stream, OpenStreams streams, HubInvocationContext context, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            await using var items = stream.GetAsyncEnumerator(cancellationToken);
            while (await MoveNextAsync(items, context, cancellationToken))
            {
                yield return items.Current;
            }
        }
        finally
        {
            streams.Close();
        }
    }

    private async ValueTask<bool> MoveNextAsync<T>(IAsyncEnumerator<T> items, HubInvocationContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            throw Answer(exception, context);
        }
    }

    private HubException Answer(Exception exception, HubInvocationContext context)
    {
        switch (exception)
        {
            case HubException answer:
                return answer;
            case RefusedException refused:
                return Refusal(refused.Code, refused.Message);
            case OperationCanceledException:
                return Refusal(ErrorCodes.Unavailable, "The call was cancelled.");
            default:
                Log.Failed(logger, context.HubMethodName, context.Context.ConnectionId, exception);
                return Refusal(ErrorCodes.Unavailable, "The server failed to do this; its log says why.");
        }
    }

    private static HubException Refusal(string code, string message) => new($"[{code}] {message}");

    private static partial class Log
    {
        [LoggerMessage(1301, LogLevel.Error, "{Method} failed on connection {ConnectionId}.")]
        public static partial void Failed(ILogger logger, string method, string connectionId, Exception exception);

        [LoggerMessage(1302, LogLevel.Information, "Connection {ConnectionId} was closed: {Reason}")]
        public static partial void Closed(ILogger logger, string connectionId, string reason);
    }
}
