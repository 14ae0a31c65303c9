using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CcSignal.TestChild.Native;

namespace CcSignal.TestChild.Verbs;

/// <summary>
/// <c>agent claude -p prompt [--output-format text|json|stream-json] [--verbose]</c>: prints what the CLI of that name prints, event for event, with answers
/// that are known beforehand. No model, no key, no network.
/// </summary>
internal static partial class Agent
{
    /// <summary>Milliseconds between events, when the caller wants others than 100.</summary>
    private const string PauseVariable = "CCSIGNAL_AGENT_PAUSE_MS";

    private const string Session = "5f0c1f4e-6f0f-4c58-9a53-0d8f5b3a7c11";

    public static int Play(Words words) => words.Text(1) == "claude"
        ? Claude(Options(words))
        : words.Refuse($"There is no agent '{words.Text(1)}'; there is claude.");

    private static int Claude(Dictionary<string, string> options)
    {
        var format = options.GetValueOrDefault("--output-format", "text");
        var prompt = options.GetValueOrDefault("-p", "");
        if (prompt.Length == 0)
        {
            return Fail("Error: Input must be provided either through stdin or as a prompt argument when using --print");
        }

        if (format == "stream-json" && !options.ContainsKey("--verbose"))
        {
            return Fail("Error: When using --print, --output-format=stream-json requires --verbose");
        }

        var answer = AnswerTo(prompt);
        switch (format)
        {
            case "stream-json":
                Stream(answer);
                break;
            case "json":
                Event(Result(answer));
                break;
            default:
                Output.Standard.Write(Print.Line(answer));
                break;
        }

        return 0;
    }

    private static void Stream(string answer)
    {
        var pause = TimeSpan.FromMilliseconds(double.Parse(Environment.GetEnvironmentVariable(PauseVariable) ?? "100", CultureInfo.InvariantCulture));
        Event(new
        {
            type = "system",
            subtype = "init",
            cwd = Environment.CurrentDirectory,
            session_id = Session,
            tools = (string[])["Bash", "Read"],
            model = "played",
            permissionMode = "default",
            apiKeySource = "none",
        });
        Wait.For(pause);
        Event(new
        {
            type = "assistant",
            message = new { id = "msg_1", model = "played", role = "assistant", content = (object[])[new { type = "text", text = answer }], stop_reason = (string?)null },
            session_id = Session,
        });
        Wait.For(pause);
        Event(Result(answer));
    }

    private static object Result(string answer) => new
    {
        type = "result",
        subtype = "success",
        is_error = false,
        duration_ms = 42,
        num_turns = 1,
        result = answer,
        session_id = Session,
        total_cost_usd = 0.0,
        usage = new { input_tokens = 12, output_tokens = answer.Length / 4 },
    };

    private static string AnswerTo(string prompt) =>
        prompt.Contains("2+2", StringComparison.Ordinal) ? "4"
        : EssayOf().Match(prompt) is { Success: true } words ? Essay(int.Parse(words.Groups[1].ValueSpan, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))
        : Sections().Match(prompt) is { Success: true } ? "1. What I was asked\nFour sections.\n\n2. What I did\nI wrote them.\n\n3. What went wrong\nNothing.\n\n4. What I would change\nNothing."
        : Exactly().Match(prompt) is { Success: true } exactly ? exactly.Groups[1].Value
        : $"You said: {prompt}";

    private static string Essay(int words) => string.Join(' ', Enumerable.Range(1, words).Select(number => string.Create(CultureInfo.InvariantCulture, $"word{number}")));

    private static void Event(object value) => Output.Standard.Write(Print.Line(JsonSerializer.Serialize(value)));

    private static int Fail(string sentence)
    {
        Output.Error.Write(Print.Line(sentence));
        return 1;
    }

    private static Dictionary<string, string> Options(Words words)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        var given = words.AfterVerb[1..];
        for (var index = 0; index < given.Length; index++)
        {
            var takesValue = given[index] is "-p" or "--print" or "--output-format";
            options[given[index] == "--print" ? "-p" : given[index]] = takesValue && index + 1 < given.Length ? given[++index] : "";
        }

        return options;
    }

    [GeneratedRegex(@"([\d,]+)[- ]word essay")]
    private static partial Regex EssayOf();

    [GeneratedRegex("four numbered sections", RegexOptions.IgnoreCase)]
    private static partial Regex Sections();

    [GeneratedRegex(@"exactly this word: (\S+)")]
    private static partial Regex Exactly();
}
