using System.Buffers;
using System.Net.Sockets;
using System.Threading.Channels;

namespace CcSignal.Load.Faults;

/// <summary>Moves bytes from one socket to another, late and slowly if the plan says so, up to the byte of a cut.</summary>
internal sealed class OneWay(Socket from, Socket to, FaultPlan plan, long? stopAfter, TimeProvider time)
{
    private const int BlockBytes = 16 * 1024;
    private const int BlocksOnTheirWay = 64;
    private const int SlicesPerSecond = 20;

    // Without a delay the proxy keeps next to nothing, so that a side that does not read is felt by the other.
    private readonly Channel<Block> _onTheirWay = Channel.CreateBounded<Block>(plan.Delay > TimeSpan.Zero ? BlocksOnTheirWay : 1);

    /// <summary>The bytes that have passed.</summary>
    public long Passed { get; private set; }

    /// <summary>True: so many have passed as may; false: the sender has closed its side, and the receiver was told.</summary>
    /// <exception cref="SocketException">A side is broken.</exception>
    public async Task<bool> MoveAsync(CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var receiving = ReceiveAsync(both.Token);
        try
        {
            await SendAsync(both.Token);
        }
        finally
        {
            await both.CancelAsync();
            await ReturnAsync(receiving);
        }

        if (Passed == stopAfter)
        {
            return true;
        }

        to.Shutdown(SocketShutdown.Send);
        return false;
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var left = stopAfter ?? long.MaxValue;
            while (left > 0)
            {
                var bytes = ArrayPool<byte>.Shared.Rent(BlockBytes);
                var count = await from.ReceiveAsync(bytes.AsMemory(0, (int)Math.Min(PieceBytes, left)), cancellationToken);
                if (count == 0)
                {
                    ArrayPool<byte>.Shared.Return(bytes);
                    break;
                }

                left -= count;
                await _onTheirWay.Writer.WriteAsync(new Block(bytes, count, time.GetTimestamp()), cancellationToken);
            }

            _onTheirWay.Writer.Complete();
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            _onTheirWay.Writer.Complete(error);
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await foreach (var block in _onTheirWay.Reader.ReadAllAsync(cancellationToken))
        {
            await WaitAsync(plan.Delay - time.GetElapsedTime(block.ReceivedAt), cancellationToken);
            var began = time.GetTimestamp();
            for (var rest = block.Bytes.AsMemory(0, block.Count); !rest.IsEmpty;)
            {
                var sent = await to.SendAsync(rest, cancellationToken);
                Passed += sent;
                rest = rest[sent..];
            }

            ArrayPool<byte>.Shared.Return(block.Bytes);
            if (plan.BytesPerSecond is { } rate)
            {
                await WaitAsync(TimeSpan.FromSeconds((double)block.Count / rate) - time.GetElapsedTime(began), cancellationToken);
            }
        }
    }

    // Small pieces where they must pass slowly, so that they pass evenly.
    private int PieceBytes => plan.BytesPerSecond is { } rate ? (int)Math.Clamp(rate / SlicesPerSecond, 1, BlockBytes) : BlockBytes;

    private Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        duration > TimeSpan.Zero ? Task.Delay(duration, time, cancellationToken) : Task.CompletedTask;

    private async Task ReturnAsync(Task receiving)
    {
        await receiving;
        while (_onTheirWay.Reader.TryRead(out var block))
        {
            ArrayPool<byte>.Shared.Return(block.Bytes);
        }
    }

    private readonly record struct Block(byte[] Bytes, int Count, long ReceivedAt);
}
