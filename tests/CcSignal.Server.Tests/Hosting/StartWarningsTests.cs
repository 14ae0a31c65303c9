using System.Runtime.Versioning;
using CcSignal.Execution;
using CcSignal.Server.Hosting;
using CcSignal.TestKit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CcSignal.Server.Tests.Hosting;

[UnsupportedOSPlatform("windows")]
public sealed class StartWarningsTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Theory]
    [InlineData("10.0.12", 1)]
    [InlineData("10.0.13", 0)]
    [InlineData("10.1.0", 0)]
    [InlineData("11.0.0", 0)]
    public void A_runtime_with_known_holes_is_warned_of(string running, int warnings) => Warnings(Version.Parse(running), OwnerOnly).ShouldBe(warnings);

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherExecute)]
    public void A_data_directory_that_is_open_to_others_is_warned_of(UnixFileMode open) => Warnings(new Version(10, 0, 13), OwnerOnly | open).ShouldBe(1);

    private static int Warnings(Version runtime, UnixFileMode mode)
    {
        using var parent = new TempDirectory();
        using var data = new DataDirectory(Options.Create(new DataDirectoryOptions { DataDirectory = parent["data"] }));
        data.IsPrivate.ShouldBeTrue();
        File.SetUnixFileMode(data.Path, mode);
        var logger = new CountingLogger();
        StartWarnings.Tell(logger, runtime, data);
        return logger.Warnings;
    }

    private sealed class CountingLogger : ILogger
    {
        public int Warnings { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Warnings += logLevel == LogLevel.Warning ? 1 : 0;
    }
}
