using CcSignal.Execution;
using Microsoft.AspNetCore.Connections;

namespace CcSignal.Server.Hosting;

/// <summary>The server as a process, from its command line to its exit code.</summary>
internal static partial class ServerProcess
{
    /// <summary>Runs until asked to stop, and returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["--help" or "-h" or "-?"])
        {
            Console.Out.WriteLine(CommandLine.Help);
            return ExitCode.Stopped;
        }

        if (args is ["--version"])
        {
            Console.Out.WriteLine(CommandLine.Version);
            return ExitCode.Stopped;
        }

        try
        {
            using var signals = new StopSignals();
            await using var app = ServerApplication.Create(args);
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
            await Task.WhenAny(signals.Asked, Stopping(app.Lifetime));
            Log.Stopping(app.Logger);

            // Not StopApplication, which would close the connections before the commands are told to end.
            var stopped = app.StopAsync();
            if (await Task.WhenAny(stopped, signals.Urged) == signals.Urged)
            {
                Log.Hurrying(app.Logger);
                app.Services.GetRequiredService<ExecutionEngine>().KillRunning();
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

        [LoggerMessage(1005, LogLevel.Warning, "Killing what still runs. Ctrl+C again ends the server without waiting for anything.")]
        public static partial void Hurrying(ILogger logger);

        [LoggerMessage(1003, LogLevel.Information, "Stopped.")]
        public static partial void Stopped(ILogger logger);

        [LoggerMessage(1004, LogLevel.Critical, "The server failed.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
