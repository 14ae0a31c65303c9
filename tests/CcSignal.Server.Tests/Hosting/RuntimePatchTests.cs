using CcSignal.Server.Hosting;
using Microsoft.Extensions.Logging;

namespace CcSignal.Server.Tests.Hosting;

public sealed class RuntimePatchTests
{
    [Theory]
    [InlineData("10.0.12", 1)]
    [InlineData("10.0.13", 0)]
    [InlineData("10.0.14", 0)]
    [InlineData("11.0.0", 0)]
    public void A_runtime_with_known_holes_is_warned_of(string running, int warnings)
    {
        var logger = new CountingLogger();
        RuntimePatch.Check(logger, Version.Parse(running));
        logger.Warnings.ShouldBe(warnings);
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
