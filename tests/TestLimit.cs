using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Xunit.v3;

namespace CcSignal.Tests;

/// <summary>
/// The limit of every test: 60 s (CCSIGNAL_TEST_LIMIT_SECONDS, for emulated machines), or its own <c>Timeout</c>. At the limit the test's
/// cancellation token fires; who does not heed it within 15 s ends the whole run, with the test's name, so that a hang is a failure and never
/// a silent machine.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class TestLimitAttribute : BeforeAfterTestAttribute
{
    private static readonly TimeSpan Default = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("CCSIGNAL_TEST_LIMIT_SECONDS") ?? "60", CultureInfo.InvariantCulture));

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);
    private static readonly ConcurrentDictionary<string, ITimer> Running = new();

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        // A limit of its own is xunit's to watch, which cancels the test and lets go of its context at once: here is only what follows.
        var cancelled = test.Timeout > 0;
        var limit = cancelled ? TimeSpan.FromMilliseconds(test.Timeout) : Default;
        var context = TestContext.Current;
        Running[test.UniqueID] = TimeProvider.System.CreateTimer(
            _ =>
            {
                if (!Running.ContainsKey(test.UniqueID))
                {
                    return; // it ended while the timer fired
                }

                context.SendDiagnosticMessage($"'{test.TestDisplayName}' did not end within {limit.TotalSeconds} s{(cancelled ? ", nor after it was cancelled" : "")}.");
                if (cancelled)
                {
                    Environment.Exit(70); // not FailFast: the kernel would write a core of the whole test process
                }

                cancelled = true;
                Cancel(context, test);
            },
            state: null,
            cancelled ? limit + Grace : limit,
            Grace);
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (Running.TryRemove(test.UniqueID, out var timer))
        {
            timer.Dispose();
        }
    }

    private static void Cancel(ITestContext context, IXunitTest test)
    {
        try
        {
            context.CancelCurrentTest();
        }
        catch (ObjectDisposedException) when (!Running.ContainsKey(test.UniqueID))
        {
            // It ended in this very moment, and its context with it.
        }
    }
}
