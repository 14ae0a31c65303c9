using System.Net.Sockets;
using System.Text.Json;
using CcSignal.Client;
using CcSignal.Load.Findings;
using CcSignal.Load.Runs;

namespace CcSignal.Load.Scenarios;

/// <summary>Makes the work of a scenario an iteration: what it throws becomes a failure with its words, and the end of the run stops it.</summary>
internal static class Iteration
{
    public static Func<IScenarioContext, Task<IResponse>> Of(Bench bench, ScenarioFindings findings, Func<IScenarioContext, CancellationToken, Task<IResponse>> run) =>
        async context =>
        {
            await using var ending = bench.Stopping.Register(() => context.StopCurrentTest("the run was ended"));
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.ScenarioCancellationToken, bench.Stopping);
            try
            {
                return await run(context, patience.Token);
            }
            catch (OperationCanceledException) when (bench.Stopping.IsCancellationRequested)
            {
                throw new IgnoreMeasurementException();
            }
            catch (Exception error) when (IsObserved(error))
            {
                findings.Fail(error.GetType().Name, error.Message);
                return Response.Fail(statusCode: error.GetType().Name, message: error.Message);
            }
        };

    /// <summary>A scenario that is one look: one iteration, no warm-up; one that takes longer than its limit, by default ten minutes, fails.</summary>
    public static ScenarioProps Once(string id, Bench bench, ScenarioFindings findings, Func<CancellationToken, Task> run, TimeSpan? limit = null) => Scenario
        .Create(id, Of(bench, findings, async (_, cancellationToken) =>
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(limit ?? OnceLimit);
            await run(patience.Token);
            return Response.Ok(statusCode: "done");
        }))
        .WithoutWarmUp()
        .WithLoadSimulations(Simulation.IterationsForConstant(copies: 1, iterations: 1));

    // What the server, the wire, a file or a limit of time can do; anything else is a fault of this program or the engine's own way to end an iteration.
    private static bool IsObserved(Exception error) =>
        error is CcSignalException or IOException or SocketException or TimeoutException or OperationCanceledException or JsonException or InvalidDataException;

    // A look that hangs is a failure with this scenario's name, not a silent run.
    private static readonly TimeSpan OnceLimit = TimeSpan.FromMinutes(10);
}
