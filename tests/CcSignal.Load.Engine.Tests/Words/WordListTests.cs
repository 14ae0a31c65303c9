using System.Reflection;
using System.Text.RegularExpressions;

namespace CcSignal.Load.Engine.Tests.Words;

/// <summary>The words that scenarios may use, as NBomber has them. One that changes here no longer compiles against it.</summary>
public sealed partial class WordListTests
{
    [Theory]
    [InlineData(typeof(Response), """
        Response<Object> Fail(String statusCode, String message, Int64 sizeBytes, Double customLatencyMs)
        Response<Object> Ok(String statusCode, Int64 sizeBytes, String message, Double customLatencyMs)
        Response<T> Fail<T>(String statusCode, String message, Int64 sizeBytes, Double customLatencyMs)
        Response<T> Fail<T>(T payload, String statusCode, String message, Int64 sizeBytes, Double customLatencyMs)
        Response<T> Ok<T>(String statusCode, Int64 sizeBytes, String message, Double customLatencyMs)
        Response<T> Ok<T>(T payload, String statusCode, Int64 sizeBytes, String message, Double customLatencyMs)
        """)]
    [InlineData(typeof(Step), "Task<Response<T>> Run<T>(String name, IScenarioContext context, Func<Task<Response<T>>> run)")]
    [InlineData(typeof(Scenario), """
        ScenarioProps Create(String name, Func<IScenarioContext, Task<IResponse>> run)
        ScenarioProps WithClean(ScenarioProps scenario, Func<IScenarioInitContext, Task> cleanFunc)
        ScenarioProps WithInit(ScenarioProps scenario, Func<IScenarioInitContext, Task> initFunc)
        ScenarioProps WithLoadSimulations(ScenarioProps scenario, LoadSimulation[] loadSimulations)
        ScenarioProps WithMaxFailCount(ScenarioProps scenario, Int32 maxFailCount)
        ScenarioProps WithRestartIterationOnFail(ScenarioProps scenario, Boolean shouldRestart)
        ScenarioProps WithThresholds(ScenarioProps scenario, Threshold[] thresholds)
        ScenarioProps WithWarmUpDuration(ScenarioProps scenario, TimeSpan duration)
        ScenarioProps WithoutWarmUp(ScenarioProps scenario)
        """)]
    [InlineData(typeof(Simulation), """
        LoadSimulation Inject(Int32 rate, TimeSpan interval, TimeSpan during)
        LoadSimulation IterationsForConstant(Int32 copies, Int32 iterations)
        LoadSimulation IterationsForInject(Int32 rate, TimeSpan interval, Int32 iterations)
        LoadSimulation KeepConstant(Int32 copies, TimeSpan during)
        LoadSimulation Pause(TimeSpan during)
        LoadSimulation RampingConstant(Int32 copies, TimeSpan during)
        LoadSimulation RampingInject(Int32 rate, TimeSpan interval, TimeSpan during)
        """)]
    [InlineData(typeof(Threshold), """
        Threshold Create(Expression<Func<ScenarioStats, Boolean>> check)
        Threshold Create(String stepName, Expression<Func<StepStats, Boolean>> check)
        """)]
    [InlineData(typeof(LoadRunner), """
        LoadContext RegisterScenarios(ScenarioProps[] scenarios)
        LoadContext WithReportFileName(LoadContext context, String reportFileName)
        LoadContext WithReportFolder(LoadContext context, String reportFolder)
        LoadContext WithReportFormats(LoadContext context, ReportFormat[] reportFormats)
        LoadContext WithReportingInterval(LoadContext context, TimeSpan interval)
        LoadContext WithScenarioCompletionTimeout(LoadContext context, TimeSpan timeout)
        LoadContext WithTargetScenarios(LoadContext context, String[] scenarioNames)
        LoadContext WithTestName(LoadContext context, String testName)
        LoadContext WithTestSuite(LoadContext context, String testSuite)
        LoadContext WithoutReports(LoadContext context)
        NodeStats Run(LoadContext context, String[] args)
        """)]
    [InlineData(typeof(IScenarioContext), """
        CancellationToken ScenarioCancellationToken
        Dictionary<String, Object> ScenarioInstanceData
        Int64 InvocationNumber
        ScenarioInfo ScenarioInfo
        Void StopCurrentTest(String reason)
        Void StopScenario(String scenarioName, String reason)
        """)]
    [InlineData(typeof(IScenarioInitContext), "ScenarioInfo ScenarioInfo")]
    [InlineData(typeof(IResponse), """
        Boolean IsError
        Double CustomLatencyMs
        Int64 SizeBytes
        String Message
        String StatusCode
        """)]
    [InlineData(typeof(ScenarioInfo), """
        Int32 InstanceNumber
        ScenarioOperation ScenarioOperation
        String InstanceId
        String ScenarioName
        """)]
    public void Every_word_is_as_NBomber_says_it(Type type, string words) => WordsOf(type).ShouldBe(words.Split('\n', StringSplitOptions.TrimEntries));

    [Fact]
    public void The_names_of_statistics_are_those_of_NBomber()
    {
        Names(typeof(Stats.NodeStats)).ShouldBeSubsetOf(
            ["ScenarioStats", "Thresholds", "Duration", "AllRequestCount", "AllOkCount", "AllFailCount", "AllBytes", "Measured"]);
        Names(typeof(Stats.ScenarioStats)).ShouldBe(
            ["ScenarioName", "Ok", "Fail", "StepStats", "Duration", "AllRequestCount", "AllOkCount", "AllFailCount", "AllBytes"], ignoreOrder: true);
        Names(typeof(Stats.StepStats)).ShouldBe(["StepName", "Ok", "Fail"], ignoreOrder: true);
        Names(typeof(Stats.MeasurementStats)).ShouldBe(["Request", "Latency", "DataTransfer", "StatusCodes"], ignoreOrder: true);
        Names(typeof(Stats.RequestStats)).ShouldBe(["Count", "RPS", "Percent"], ignoreOrder: true);
        Names(typeof(Stats.LatencyStats)).ShouldBe(
            ["MinMs", "MeanMs", "MaxMs", "Percent50", "Percent75", "Percent95", "Percent99", "StdDev"], ignoreOrder: true);
        Names(typeof(Stats.ThresholdResult)).ShouldBe(
            ["ScenarioName", "StepName", "CheckExpression", "ExceptionMsg", "ErrorCount", "IsFailed"], ignoreOrder: true);
    }

    [Fact]
    public void Operations_and_formats_have_the_names_of_NBomber()
    {
        Enum.GetNames<ScenarioOperation>().ShouldBe(["Init", "Clean", "WarmUp", "Bombing"]);
        Enum.GetNames<ReportFormat>().ShouldBe(["Txt", "Html", "Csv", "Md"]);
    }

    private static IEnumerable<string> Names(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name);

    private static IEnumerable<string> WordsOf(Type type) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => member is PropertyInfo || (member is MethodInfo { IsSpecialName: false } method && IsOwn(method)))
            .Select(Say)
            .Order(StringComparer.Ordinal);

    // What the compiler adds to a record is no word.
    private static bool IsOwn(MethodInfo method) => !method.Name.StartsWith('<') && method.Name is not ("ToString" or "GetHashCode" or "Equals" or "Deconstruct");

    private static string Say(MemberInfo member) => member is MethodInfo method
        ? $"{Say(method.ReturnType)} {method.Name}{(method.IsGenericMethod ? "<T>" : "")}({string.Join(", ", method.GetParameters().Select(parameter => $"{Say(parameter.ParameterType)} {parameter.Name}"))})"
        : $"{Say(((PropertyInfo)member).PropertyType)} {member.Name}";

    private static string Say(Type type) => type.IsGenericType
        ? $"{Arity().Replace(type.Name, "")}<{string.Join(", ", type.GetGenericArguments().Select(Say))}>"
        : type.Name;

    [GeneratedRegex(@"`\d+")]
    private static partial Regex Arity();
}
