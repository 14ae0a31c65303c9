using CcSignal.Server.Logging;
using Serilog.Events;
using Serilog.Parsing;

namespace CcSignal.Server.Tests.Logging;

public sealed class LineFormatterTests
{
    [Theory]
    [InlineData("a\nb", "a\\u000ab")]
    [InlineData("a\r\nb", "a\\u000d\\u000ab")]
    [InlineData("\u001b[2J", "\\u001b[2J")]
    [InlineData("\u001b]52;c;aGk=\u0007", "\\u001b]52;c;aGk=\\u0007")]
    [InlineData("\u009b31m", "\\u009b31m")]
    [InlineData("\u202egnp.exe", "\\u202egnp.exe")]
    [InlineData("\u2028", "\\u2028")]
    [InlineData("Grüße 日本 😀", "Grüße 日本 😀")]
    public void What_came_from_outside_stays_on_its_line_and_does_not_speak_to_the_terminal(string value, string expected)
    {
        var line = Format("Before {Value} after.", value, null);
        line.ShouldEndWith($"[WRN] Before {expected} after.{Environment.NewLine}");
        line.TrimEnd().ShouldNotContain('\n');
    }

    [Fact]
    public void A_stack_trace_follows_indented_and_its_message_cannot_pose_as_a_line()
    {
        var lines = Format("{Value}", "x", new InvalidOperationException("first\n2026-01-01 00:00:00.000 +00:00 [INF] forged\u001b[2J"))
            .Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(3);
        lines[1..].ShouldAllBe(line => line.StartsWith("    "));
        lines[2].ShouldEndWith("forged\\u001b[2J");
    }

    private static string Format(string template, string value, Exception? exception)
    {
        var logged = new LogEvent(
            DateTimeOffset.UnixEpoch, LogEventLevel.Warning, exception, new MessageTemplateParser().Parse(template), [new LogEventProperty("Value", new ScalarValue(value))]);
        using var output = new StringWriter();
        new LineFormatter().Format(logged, output);
        return output.ToString();
    }
}
