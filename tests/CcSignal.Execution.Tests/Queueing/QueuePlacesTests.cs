using CcSignal.Contracts;

namespace CcSignal.Execution.Tests.Queueing;

public sealed class QueuePlacesTests
{
    [Fact]
    public async Task Who_waits_is_told_its_place_and_each_change_of_it()
    {
        await using var engine = await Engine.StartAsync("auto", ("CcSignal:Admission:MaxRunning", "1"));
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add((await engine.Service.StartAsync(Engine.Request("sleep", "600"), Engine.Admin)).Id);
        }

        var places = new List<int?>();
        await foreach (var item in engine.FollowAsync(ids[3]))
        {
            if (item.Info is not { } info)
            {
                continue;
            }

            if (info.State == ExecutionState.Queued && (places.Count == 0 || places[^1] != info.QueuePosition))
            {
                places.Add(info.QueuePosition);
            }

            if (info.State == ExecutionState.Running)
            {
                info.QueuePosition.ShouldBeNull();
                break;
            }

            // Each time it is told its place, one of those before it goes.
            if (info.QueuePosition is { } place and <= 3)
            {
                await engine.Service.CancelAsync(ids[3 - place], null, Engine.Admin, TestContext.Current.CancellationToken);
            }
        }

        places.ShouldBe(places.OrderDescending());
        places.ShouldContain(1);
    }

    [Fact]
    public async Task Who_waits_is_told_when_its_turn_may_come_as_soon_as_the_queue_has_a_pace()
    {
        await using var engine = await Engine.StartAsync("auto", ("CcSignal:Admission:MaxRunning", "1"));
        var ids = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            ids.Add((await engine.Service.StartAsync(Engine.Request("sleep", "600"), Engine.Admin)).Id);
        }

        // Each time somebody's place is told, the one that runs makes room.
        var told = new List<ExecutionInfo>();
        await foreach (var item in engine.FollowAsync(ids[^1]))
        {
            if (item.Info is { } info)
            {
                told.Add(info);
                if (info.State == ExecutionState.Running)
                {
                    break;
                }

                await engine.Service.CancelAsync(ids[told.Count - 1], null, Engine.Admin, TestContext.Current.CancellationToken);
            }
        }

        told[0].ExpectedStartAt.ShouldBeNull("nothing was taken yet");
        told[^1].ExpectedStartAt.ShouldBeNull("it has started");
        var waited = told.Last(info => info.QueuePosition is not null);
        waited.ExpectedStartAt!.Value.ShouldBeGreaterThan(waited.QueuedAt);
    }
}
