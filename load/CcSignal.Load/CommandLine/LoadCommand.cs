using System.CommandLine;
using System.Globalization;
using CcSignal.Client;
using CcSignal.Load.Gates;
using CcSignal.Load.Reporting;
using CcSignal.Load.Reporting.Model;
using CcSignal.Load.Reporting.Writers;
using CcSignal.Load.Runs;
using CcSignal.Load.Scenarios;

namespace CcSignal.Load.CommandLine;

/// <summary>The command line of a run: what it takes, and what its exit code says.</summary>
internal static class LoadCommand
{
    public const int BadInput = 2;

    private static readonly Argument<string[]> What = new("what")
    {
        Description = $"A profile ({string.Join(", ", Profile.All.Select(profile => profile.Name))}) or names of scenarios (--list). Default: smoke.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> Url = new("--url") { Description = "An existing server; otherwise one is started for the run, on a free port with a temporary data directory." };
    private static readonly Option<string?> Token = new("--token") { Description = "Its token; otherwise CCSIGNAL_TOKEN, or the token file of this user's own server." };
    private static readonly Option<string?> Agent = new("--agent") { Description = "A real agent CLI that takes claude's arguments, in place of the child program that plays one." };
    private static readonly Option<string> Protocol = new("--protocol") { Description = "The hub protocol of every connection: messagepack or json.", DefaultValueFactory = _ => "messagepack" };
    private static readonly Option<int?> Seed = new("--seed") { Description = "Of every random choice; printed with each run." };
    private static readonly Option<string?> Report = new("--report") { Description = "A folder for report.md, report.html, report.csv, report.json and report.xml." };
    private static readonly Option<string?> Baseline = new("--baseline") { Description = "The report.json of another run, to compare with." };
    private static readonly Option<double?> Duration = new("--duration") { Description = "Seconds for each scenario of a set length." };
    private static readonly Option<double> Scale = new("--scale") { Description = "A factor on counts: commands, viewers, cuts.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int?> Rounds = new("--rounds") { Description = "Rounds behind each figure of the comparison." };
    private static readonly Option<long?> Bytes = new("--bytes") { Description = "Output of one command where the comparison measures throughput." };
    private static readonly Option<int?> Starts = new("--starts") { Description = "Commands behind each figure of the comparison's starts and first bytes." };
    private static readonly Option<bool> EngineInfo = new("--engine-info") { Description = "Prints which load engine is in use, and ends." };
    private static readonly Option<bool> List = new("--list") { Description = "Prints every scenario with its purpose, and ends." };

    /// <summary>The root command; others are added to it.</summary>
    public static RootCommand Create()
    {
        var command = new RootCommand("Shows whether CcSignal keeps its promises on this machine, and what it costs.")
        {
            What, Url, Token, Agent, Protocol, Seed, Report, Baseline, Duration, Scale, Rounds, Bytes, Starts, EngineInfo, List,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stopping)
    {
        if (parsed.GetValue(EngineInfo))
        {
            var engine = EngineName.Facts;
            await Console.Out.WriteLineAsync($"{engine.Name} ({engine.Assembly} {engine.Version})");
            return 0;
        }

        if (parsed.GetValue(List))
        {
            foreach (var scenario in Catalog.All)
            {
                await Console.Out.WriteLineAsync($"{scenario.Id,-20} {scenario.Purpose}");
            }

            return 0;
        }

        try
        {
            return await RunAsync(OptionsOf(parsed), stopping);
        }
        catch (BadInputException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return BadInput;
        }
    }

    private static async Task<int> RunAsync(RunOptions asked, CancellationToken stopping)
    {
        var (profile, scenarios, options) = Choice.Of(asked);
        if (options.ReportFolder is { } folder)
        {
            ReportFiles.Prepare(folder);
        }

        var before = options.Baseline is { } file ? Baselines.Read(file) : null;
        await Console.Error.WriteLineAsync(Words.Say($"{profile}: {scenarios.Count} scenarios, seed {options.Seed}"));
        var session = new LoadSession(options, profile, scenarios, GateFile.Read(GateFile.BesideThisProgram), Console.Error.WriteLine);
        var report = await session.RunAsync(stopping);
        report = before is null ? report : report with { Baseline = Baselines.Compare(options.Baseline!, before, report) };
        if (options.ReportFolder is { } target)
        {
            ReportFiles.Write(target, report);
            await Console.Error.WriteLineAsync($"The report is in {target}.");
        }

        return await SayAsync(report);
    }

    private static async Task<int> SayAsync(RunReport report)
    {
        await Console.Out.WriteLineAsync(Words.Of(report.Verdict));
        foreach (var reason in report.Because)
        {
            await Console.Out.WriteLineAsync($"- {reason}");
        }

        foreach (var table in report.Scenarios.Select(scenario => scenario.Comparison).OfType<ComparisonTable>())
        {
            await Console.Out.WriteAsync($"\n{MarkdownComparison.Text(table)}");
        }

        return ExitCodeOf(report.Verdict);
    }

    internal static int ExitCodeOf(Verdict verdict) => verdict switch
    {
        Verdict.Pass => 0,
        Verdict.Fail => 1,
        _ => 3,
    };

    private static RunOptions OptionsOf(ParseResult parsed)
    {
        var what = parsed.GetValue(What) ?? [];
        if (what.FirstOrDefault(word => word.StartsWith('-')) is { } unknown)
        {
            throw new BadInputException($"There is no option '{unknown}'; --help tells which there are.");
        }

        var options = new RunOptions
        {
            What = what.Length > 0 ? what : ["smoke"],
            Url = AddressOf(parsed.GetValue(Url)),
            Token = parsed.GetValue(Token),
            Agent = parsed.GetValue(Agent) is { } agent ? AgentOf(agent) : null,
            Format = FormatOf(parsed.GetValue(Protocol)!),
            ReportFolder = parsed.GetValue(Report),
            Baseline = parsed.GetValue(Baseline),
            Duration = parsed.GetValue(Duration) is { } seconds ? TimeSpan.FromSeconds(Positive("--duration", seconds, most: 7 * 24 * 3600)) : null,
            Rounds = (int?)Whole("--rounds", parsed.GetValue(Rounds), least: 1, most: 1000),
            Bytes = Whole("--bytes", parsed.GetValue(Bytes), least: 1 << 20, most: 1L << 40),
            Starts = (int?)Whole("--starts", parsed.GetValue(Starts), least: 1, most: 1_000_000),
            Scale = Positive("--scale", parsed.GetValue(Scale), most: 1000),
            Said = string.Join(' ', parsed.Tokens.Select(token => token.Value).Select((word, index) =>
                index > 0 && parsed.Tokens[index - 1].Value == Token.Name ? "…" : word)),
        };
        return parsed.GetValue(Seed) is { } seed ? options with { Seed = seed } : options;
    }

    private static double Positive(string name, double value, double most) => double.IsFinite(value) && value > 0 && value <= most
        ? value
        : throw new BadInputException($"{name} is {value.ToString(CultureInfo.InvariantCulture)}; it must be above 0 and at most {most.ToString(CultureInfo.InvariantCulture)}.");

    private static long? Whole(string name, long? value, long least, long most) => value is null || (value >= least && value <= most)
        ? value
        : throw new BadInputException(Words.Say($"{name} is {value}; it must be {least} to {most}."));

    private static Uri? AddressOf(string? url) => url is null ? null
        : Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
        : throw new BadInputException($"'{url}' is no address of a server; it must be like http://127.0.0.1:5080.");

    private static WireFormat FormatOf(string protocol) => protocol switch
    {
        "messagepack" => WireFormat.MessagePack,
        "json" => WireFormat.Json,
        _ => throw new BadInputException($"There is no hub protocol '{protocol}'; it can be messagepack or json."),
    };

    private static string AgentOf(string path) => File.Exists(path)
        ? Path.GetFullPath(path)
        : throw new BadInputException($"There is no agent '{path}'.");
}
