using System.Globalization;

namespace CcSignal.Load.Engine.Running;

/// <summary>One copy of a scenario: runs its iterations one after another, and is the context of each.</summary>
internal sealed class Copy(int number, ScenarioRun scenario) : IScenarioContext
{
    public int Number => number;

    public ScenarioInfo ScenarioInfo => new()
    {
        InstanceId = string.Create(CultureInfo.InvariantCulture, $"{scenario.Name}_{number}"),
        InstanceNumber = number,
        ScenarioName = scenario.Name,
        ScenarioOperation = scenario.Operation,
    };

    public long InvocationNumber { get; private set; }

    public CancellationToken ScenarioCancellationToken => scenario.Cancelled;

    public Dictionary<string, object> ScenarioInstanceData { get; } = [];

    public void StopScenario(string scenarioName, string reason) => scenario.Whole.Stop(scenarioName, reason);

    public void StopCurrentTest(string reason) => scenario.Whole.Stop(scenarioName: null, reason);

    /// <summary>Runs an iteration that was to begin at <paramref name="intended"/>.</summary>
    public async Task IterateAsync(TimeSpan intended)
    {
        InvocationNumber++;
        var began = scenario.Elapsed;
        var lag = began - intended;
        scenario.Recorder.Began(began, lag);
        var response = await AnswerAsync();
        var ended = scenario.Elapsed;
        if (response is null)
        {
            scenario.Recorder.Ignored(ended);
            return;
        }

        var failed = scenario.Recorder.Ended(ended, response, TimeOf(response, ended - began), lag);
        scenario.Check(failed);
    }

    public async Task<Response<T>> RunStepAsync<T>(string name, Func<Task<Response<T>>> run)
    {
        var began = scenario.Elapsed;
        Response<T> response;
        try
        {
            response = await run();
        }
        catch (Exception exception) when (exception is not IgnoreMeasurementException)
        {
            response = Answers.Of<T>(exception);
        }

        scenario.Recorder.StepEnded(name, response, TimeOf(response, scenario.Elapsed - began));
        return response.IsError && scenario.EndsOnFailedStep ? throw new StepFailedException(response) : response;
    }

    // What an iteration throws is its answer; null: it does not want to be counted.
    private async Task<IResponse?> AnswerAsync()
    {
        try
        {
            return await scenario.RunOnceAsync(this);
        }
        catch (IgnoreMeasurementException)
        {
            return null;
        }
        catch (StepFailedException failure)
        {
            return failure.Response;
        }
        catch (Exception exception)
        {
            return Answers.Of<object>(exception);
        }
    }

    private static TimeSpan TimeOf(IResponse response, TimeSpan measured) =>
        response.CustomLatencyMs > 0 ? TimeSpan.FromMilliseconds(response.CustomLatencyMs) : measured;
}
