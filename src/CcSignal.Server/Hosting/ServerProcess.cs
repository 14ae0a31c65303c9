using CcSignal.Execution;
using Microsoft.AspNetCore.Connections;

namespace CcSignal.Server.Hosting;

/// <summary>The server as a process, from its command line to its exit code.</summary>
internal static partial class ServerProcess
{
    /// <summary>Runs until asked to stop, and returns the exit code.</summary>
    public static async Task<int> RunAsync(ProcessRole role)
    {
        if (CommandLine.AsksForHelp(role.Words))
        {
            Console.Out.WriteLine(CommandLine.Help);
            return ExitCode.Stopped;
        }

        if (CommandLine.AsksForVersion(role.Words))
        {
            Console.Out.WriteLine(CommandLine.Version);
            return ExitCode.Stopped;
        }

        try
        {
            using var signals = new StopSignals(role.Keeper is not null);
            await using var app = ServerApplication.Create(role.Words, builder => builder.AddKeeper(role.Keeper));
            return await RunAsync(app, signals);
        }
        catch (StartRefusedException refused)
        {
            Console.Error.WriteLine(refused.Message);
            return refused.ExitCode;
        }
    }

    private static async Task<int> RunAsync(WebApplication app, StopSignals signals)
    {
        try
        {
            await app.StartAsync();
            Console.Out.WriteLine(Welcome.Text(app));
            var engine = app.Services.GetRequiredService<ExecutionEngine>();
            await Task.WhenAny(signals.Asked, engine.LeaveAsked, Stopping(app.Lifetime));
            if (engine.Leaves(atStop: signals.Asked.IsCompleted))
            {
                return await LeaveAsync(app);
            }

            Log.Stopping(app.Logger);

            // Not StopApplication, which would close the connections before the commands are told to end.
            var stopped = app.StopAsync();
            if (await Task.WhenAny(stopped, signals.Urged) == signals.Urged)
            {
                Log.Hurrying(app.Logger);
                engine.KillRunning();
            }

            await stopped;
            Log.Stopped(app.Logger);
            return ExitCode.Stopped;
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new StartRefusedException(ExitCode.CannotListen, $"{exception.Message} Stop what listens there, or choose another address: --urls http://127.0.0.1:5081");
        }
        catch (System.Net.Sockets.SocketException exception)
        {
            throw new StartRefusedException(ExitCode.CannotListen, $"The address cannot be listened on: {exception.Message}. Choose another: --urls http://127.0.0.1:5080");
        }
        catch (InvalidOperationException exception) when (exception.Message.Contains("certificate", StringComparison.Ordinal))
        {
            throw new StartRefusedException(ExitCode.BadConfiguration, "An https address needs a certificate: set Kestrel:Certificates:Default:Path, and :KeyPath or :Password.");
        }
        catch (Exception exception) when (exception is not StartRefusedException)
        {
            Log.Failed(app.Logger, exception);
            return ExitCode.Failed;
        }
    }

    // As a crash, but in order: nothing is started any more, what was recorded is on disk, and what runs goes on.
    private static async Task<int> LeaveAsync(WebApplication app)
    {
        Log.Leaving(app.Logger);
        await app.StopAsync();
        Log.Left(app.Logger);
        return ExitCode.Left;
    }

    private static Task Stopping(IHostApplicationLifetime lifetime)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifetime.ApplicationStopping.Register(stopping.SetResult);
        return stopping.Task;
    }

    private static partial class Log
    {
        [LoggerMessage(1002, LogLevel.Information, "Stopping: running commands are stopped first. Ctrl+C again kills them.")]
        public static partial void Stopping(ILogger logger);

        [LoggerMessage(1006, LogLevel.Information, "Leaving: running commands go on, for the next server to take over.")]
        public static partial void Leaving(ILogger logger);

        [LoggerMessage(1007, LogLevel.Information, "Left.")]
        public static partial void Left(ILogger logger);

        [LoggerMessage(1005, LogLevel.Warning, "Killing what still runs. Ctrl+C again ends the server without waiting for anything.")]
        public static partial void Hurrying(ILogger logger);

        [LoggerMessage(1003, LogLevel.Information, "Stopped.")]
        public static partial void Stopped(ILogger logger);

        [LoggerMessage(1004, LogLevel.Critical, "The server failed.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
