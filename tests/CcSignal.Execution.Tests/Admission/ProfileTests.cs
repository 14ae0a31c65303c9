using CcSignal.Contracts;
using CcSignal.Execution.Admission;
using CcSignal.TestKit;

namespace CcSignal.Execution.Tests.Admission;

/// <summary>A profile allows what it names and refuses everything else.</summary>
public sealed class ProfileTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public ProfileTests()
    {
        Directory.CreateDirectory(_temp["root/inside"]);
        Directory.CreateDirectory(_temp["root-evil"]);
        File.CreateSymbolicLink(_temp["root/out"], _temp["root-evil"]);
        File.CreateSymbolicLink(_temp["root/in"], _temp["root/inside"]);
        File.CreateSymbolicLink(_temp["root/relative-out"], "../root-evil");
        File.CreateSymbolicLink(_temp["root/loop"], _temp["root/loop"]);
    }

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("root", "root")]
    [InlineData("root/", "root")]
    [InlineData("root/inside", "root/inside")]
    [InlineData("root/in", "root/inside")]
    [InlineData("root/inside/..", "root")]
    [InlineData("root/not-there", "root/not-there")]
    public void A_directory_below_a_root_is_taken_with_its_links_resolved(string asked, string resolved) =>
        Plan(profile => profile.Roots.Add(_temp["root"]), directory: _temp[asked]).WorkingDirectory.ShouldBe(_temp[resolved]);

    [Theory]
    [InlineData("root-evil")]
    [InlineData("root/..")]
    [InlineData("root/../root-evil")]
    [InlineData("root/out")]
    [InlineData("root/relative-out")]
    [InlineData("root/out/deeper")]
    public void A_directory_that_leads_out_is_refused(string asked)
    {
        var refusal = Should.Throw<RefusedException>(() => Plan(profile => profile.Roots.Add(_temp["root"]), directory: _temp[asked]));

        refusal.Code.ShouldBe(ErrorCodes.Forbidden);
        refusal.Message.ShouldContain("workingDirectory");
    }

    [Fact]
    public void A_loop_of_links_is_resolved_to_something_that_is_not_there() =>
        Directory.Exists(Plan(profile => profile.Roots.Add(_temp["root"]), directory: _temp["root/loop"]).WorkingDirectory).ShouldBeFalse();

    [Fact]
    public void A_root_that_is_a_link_is_the_directory_it_leads_to() =>
        Plan(profile => profile.Roots.Add(_temp["root/in"]), directory: _temp["root/inside"]).WorkingDirectory.ShouldBe(_temp["root/inside"]);

    [Theory]
    [InlineData("ls", true)]
    [InlineData("/bin/ls", false)]
    [InlineData("cat", false)]
    [InlineData("../bin/ls", false)]
    [InlineData("ls ", false)]
    public void Only_named_commands_run(string command, bool allowed)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs /usr/bin.");
        var plan = () => Plan(
            profile =>
            {
                profile.Commands.Clear();
                profile.Commands.Add("ls");
                profile.Path = "/usr/bin";
            },
            command);

        if (allowed)
        {
            plan().SearchPath.ShouldBe("/usr/bin");
        }
        else
        {
            Should.Throw<RefusedException>(plan).Code.ShouldBe(ErrorCodes.Forbidden);
        }
    }

    [Fact]
    public void A_command_is_allowed_by_the_file_it_is_not_by_its_spelling()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs /usr/bin.");
        void AllowLs(ProfileOptions profile)
        {
            profile.Commands.Clear();
            profile.Commands.Add("/usr/bin/ls");
            profile.Path = "/usr/bin";
        }

        Plan(AllowLs, "ls").ShouldNotBeNull();
        Plan(AllowLs, "/usr/../usr/bin/ls").ShouldNotBeNull();
        Should.Throw<RefusedException>(() => Plan(AllowLs, _temp["root/ls"]));
    }

    [Fact]
    public void A_request_sets_only_the_variables_the_profile_lets_it()
    {
        void Allow(ProfileOptions profile)
        {
            profile.AllowEnvironment.Add("EXACT");
            profile.AllowEnvironment.Add("PREFIX_*");
            profile.Environment["FIXED"] = "profile";
        }

        var plan = Plan(Allow, environment: new() { ["EXACT"] = "1", ["PREFIX_ANY"] = "2" });
        plan.Environment["FIXED"].ShouldBe("profile");
        plan.Environment["PREFIX_ANY"].ShouldBe("2");
        foreach (var name in new[] { "EXACT_NOT", "FIXED", "exact", "LD_PRELOAD" })
        {
            Should.Throw<RefusedException>(() => Plan(Allow, environment: new() { [name] = "x" })).Message.ShouldContain(name);
        }
    }

    [Fact]
    public void The_servers_token_is_never_handed_on()
    {
        Environment.SetEnvironmentVariable(Defaults.TokenVariable, "secret");
        try
        {
            Plan(profile => profile.PassEnvironment.Add(Defaults.TokenVariable)).Environment.Keys.ShouldNotContain(Defaults.TokenVariable);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Defaults.TokenVariable, null);
        }
    }

    [Fact]
    public void A_request_may_ask_for_less_than_the_profile_allows_not_for_more()
    {
        void Limit(ProfileOptions profile)
        {
            profile.TimeoutSeconds = 60;
            profile.MaxOutputBytes = 1000;
        }

        Plan(Limit).Timeout.ShouldBe(TimeSpan.FromSeconds(60));
        Plan(Limit, change: request => request with { TimeoutSeconds = 10 }).Timeout.ShouldBe(TimeSpan.FromSeconds(10));
        Plan(Limit, change: request => request with { TimeoutSeconds = 600 }).Timeout.ShouldBe(TimeSpan.FromSeconds(60));
        Plan(Limit, change: request => request with { MaxOutputBytes = 5000 }).MaxOutputBytes.ShouldBe(1000);
        Plan(_ => { }, change: request => request with { MaxOutputBytes = 5000 }).MaxOutputBytes.ShouldBe(5000);
    }

    [Fact]
    public void A_profile_that_is_not_there_and_one_that_is_not_yours_get_the_same_answer()
    {
        var profiles = new Profiles(new Dictionary<string, ProfileOptions> { ["default"] = new(), ["secret"] = new() });
        var caller = new Caller("somebody", Administrator: false, ["default"]);

        var foreign = Should.Throw<RefusedException>(() => profiles.For(caller, "secret"));
        var unknown = Should.Throw<RefusedException>(() => profiles.For(caller, "nowhere"));

        foreign.Code.ShouldBe(ErrorCodes.Forbidden);
        unknown.Code.ShouldBe(ErrorCodes.Forbidden);
        foreign.Message.Replace("secret", "nowhere", StringComparison.Ordinal).ShouldBe(unknown.Message);
        profiles.NamesFor(caller).ShouldBe(["default"]);
    }

    [Fact]
    public void Every_fault_of_every_profile_is_named_by_its_key()
    {
        var options = new ProfilesOptions();
        options.Profiles["bad"] = new ProfileOptions { StopSignal = "SIGFOO", DrainGraceSeconds = -1, WorkingDirectory = "relative", PipeBytes = 1 };

        var faults = new ProfilesValidator().Validate(null, options).Failures!.ToList();

        foreach (var key in new[] { "bad:StopSignal", "bad:DrainGraceSeconds", "bad:WorkingDirectory", "bad:PipeBytes", "bad:Commands" })
        {
            faults.ShouldContain(fault => fault.StartsWith(key, StringComparison.Ordinal));
        }
    }

    private ExecutionPlan Plan(
        Action<ProfileOptions> configure,
        string command = "true",
        string? directory = null,
        Dictionary<string, string>? environment = null,
        Func<ExecutionRequest, ExecutionRequest>? change = null)
    {
        var options = new ProfileOptions { WorkingDirectory = _temp["root"] };
        options.Commands.Add(ProfileOptions.Any);
        configure(options);
        var request = new ExecutionRequest { Command = command, WorkingDirectory = directory, Environment = environment };
        return new Profile("tested", options).Plan(change?.Invoke(request) ?? request);
    }
}
