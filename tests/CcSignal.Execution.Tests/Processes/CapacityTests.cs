using CcSignal.Execution.Admission;
using CcSignal.Execution.Processes.Linux.Streams;

namespace CcSignal.Execution.Tests.Processes;

/// <summary>What the machine gives is known before it is missed.</summary>
public sealed class CapacityTests
{
    [Fact]
    public void Large_pipes_are_given_while_there_is_room_and_given_back()
    {
        const int large = 1024 * 1024;
        var budget = new PipeBudget(4 * large);

        budget.Take(large).ShouldBe(large);
        budget.Take(large).ShouldBe(large);
        budget.Take(large).ShouldBe(Pipe.DefaultBytes, "two executions have two pipes each, and that is all there is");
        budget.Take(4096).ShouldBe(4096, "a small one takes nothing");
        budget.Return(large);
        budget.Take(large).ShouldBe(large);
    }

    [Fact]
    public void More_executions_than_descriptors_are_a_fault_of_the_configuration()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit is Linux's.");
        var room = (int)Math.Min(100_000, Execution.Processes.Linux.Native.Libc.OpenFileLimit() * DescriptorCapacity.Share / DescriptorCapacity.EachExecution);
        var rule = new DescriptorCapacity();

        rule.Validate(null, new AdmissionOptions { MaxRunning = room }).Succeeded.ShouldBeTrue();
        if (room < 100_000)
        {
            rule.Validate(null, new AdmissionOptions { MaxRunning = room + 1 }).FailureMessage!.ShouldContain($"{room} fit");
        }
    }
}
