using CcSignal.Load.Findings;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Tests.Findings;

public sealed class FailureTallyTests
{
    [Fact]
    public void Failures_that_differ_in_numbers_ids_and_hashes_are_one_group()
    {
        var tally = new FailureTally();
        for (var number = 1; number <= 5; number++)
        {
            tally.Add("lost", number, new Sample { Message = $"execution {Guid.NewGuid():N} lost {number} of 1,000 bytes" }, inferred: null);
        }

        tally.Add("lost", 6, new Sample { Message = "the connection was cut" }, inferred: null);

        var groups = tally.Groups();
        groups.Select(group => (group.Count, group.FirstSeconds, group.LastSeconds, group.Samples.Count)).ShouldBe([(5, 1, 5, 3), (1, 6, 6, 1)]);
        groups[0].Message.ShouldBe("execution # lost # of # bytes");
    }
}
