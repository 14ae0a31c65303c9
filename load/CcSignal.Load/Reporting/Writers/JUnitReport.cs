using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Reporting.Writers;

/// <summary>Scenarios and gates as test cases, for CI systems. What is invalid is an error, what is blocked or skipped is skipped.</summary>
internal static class JUnitReport
{
    public static string Text(RunReport report)
    {
        XElement[] scenarios = [.. report.Scenarios.Select(Case)];
        XElement[] gates = [.. report.Gates.Select(Case)];
        var suites = new XElement(
            "testsuites",
            new XAttribute("name", $"CcSignal load: {report.Profile}: {Words.Of(report.Verdict)}"),
            Attributes([.. scenarios, .. gates], report.Times.WallClockSeconds),
            Suite("scenarios", report, scenarios, report.Times.ScenarioSeconds),
            Suite("gates", report, gates, 0));
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, CheckCharacters = true }))
        {
            suites.WriteTo(writer);
        }

        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{text}\n";
    }

    private static XElement Suite(string name, RunReport report, XElement[] cases, double seconds) => new(
        "testsuite",
        new XAttribute("name", name),
        new XAttribute("timestamp", report.Times.Began.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)),
        Attributes(cases, seconds),
        new XElement(
            "properties",
            Property("verdict", Words.Of(report.Verdict)),
            report.Environment.Select(fact => Property(fact.Name, fact.Value))),
        cases);

    private static XAttribute[] Attributes(XElement[] cases, double seconds) =>
    [
        new("tests", cases.Length),
        new("failures", cases.Count(test => test.Element("failure") is not null)),
        new("errors", cases.Count(test => test.Element("error") is not null)),
        new("skipped", cases.Count(test => test.Element("skipped") is not null)),
        new("time", seconds.ToString("0.000", CultureInfo.InvariantCulture)),
    ];

    private static XElement Case(ScenarioReport scenario)
    {
        var test = new XElement(
            "testcase",
            new XAttribute("classname", "scenarios"),
            new XAttribute("name", scenario.Id),
            new XAttribute("time", scenario.Seconds.ToString("0.000", CultureInfo.InvariantCulture)));
        switch (scenario.Status)
        {
            case Status.Failed:
                test.Add(Outcome("failure", FirstOf(scenario), Evidence(scenario)));
                break;
            case Status.Invalid:
                test.Add(Outcome("error", scenario.Reason ?? "", Evidence(scenario)));
                break;
            case Status.Blocked or Status.Skipped:
                test.Add(Outcome("skipped", $"{Words.Of(scenario.Status)}: {scenario.Reason}", ""));
                break;
        }

        return test;
    }

    private static XElement Case(GateResult gate)
    {
        var test = new XElement("testcase", new XAttribute("classname", "gates"), new XAttribute("name", gate.Id), new XAttribute("time", "0.000"));
        if (gate.State == GateState.Broken)
        {
            test.Add(Outcome("failure", $"{gate.Promise}: expected {gate.Expected}, observed {gate.Observed}", ""));
        }
        else if (gate.State == GateState.NotEvaluated)
        {
            test.Add(Outcome("error", $"not evaluated: {gate.Why}", ""));
        }

        return test;
    }

    private static string FirstOf(ScenarioReport scenario) => scenario.Checks.FirstOrDefault(check => !check.Passed) is { } check
        ? $"{check.Name}: expected {check.Expected}, observed {check.Observed}"
        : scenario.Failures[0].Samples[0].Message;

    private static string Evidence(ScenarioReport scenario) => string.Join("\n\n", scenario.Failures.SelectMany(group =>
        group.Samples.Select(sample => $"{group.Code} ({group.Count} times): {sample.Message}\nstdout: {sample.StdoutHead}\nstderr: {sample.StderrHead}")));

    private static XElement Outcome(string name, string message, string text) => new(name, new XAttribute("message", Clean(message)), Clean(text));

    private static XElement Property(string name, string value) => new("property", new XAttribute("name", name), new XAttribute("value", Clean(value)));

    // XML 1.0 cannot hold every character that a program can print.
    private static string Clean(string text) => string.Concat(text.Select(character =>
        XmlConvert.IsXmlChar(character) ? character.ToString() : Words.Say($"\\u{(int)character:x4}")));
}
