using System.Buffers;
using CcSignal.Contracts;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CcSignal.MessagePack.Tests;

/// <summary>The hot path: a chunk of output on its way from the journal into the connection's pipe, and out of it at the client.</summary>
public class OutputChunkTests
{
    private static readonly byte[] Data = new byte[Limits.MaxOutputChunkBytes];

    private static readonly StreamItemMessage Chunk = new("1", new ExecutionEvent
    {
        Kind = EventKind.Output,
        Sequence = 123_456_789,
        Stream = OutputStream.Stdout,
        Offset = 12_345_678_901,
        At = 1_760_000_000_000,
        Data = Data,
    });

    [Fact]
    public void A_chunk_is_written_into_one_span_of_exactly_its_size()
    {
        var output = new CountingWriter();
        Frames.Protocol.WriteMessage(Chunk, output);
        output.Asked.ShouldBe([Frames.Protocol.GetMessageBytes(Chunk).Length]);
        output.Advanced.ShouldBe(output.Asked);
    }

    [Fact]
    public void Writing_a_chunk_allocates_nothing()
    {
        var output = new FixedWriter();
        Frames.Protocol.WriteMessage(Chunk, output);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var times = 0; times < 1_000; times++)
        {
            Frames.Protocol.WriteMessage(Chunk, output);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Reading_a_chunk_allocates_little_beside_its_bytes()
    {
        var frame = new ReadOnlySequence<byte>(Frames.Protocol.GetMessageBytes(Chunk));
        var binder = new TypedBinder(typeof(ExecutionEvent));
        Read(frame, binder);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var times = 0; times < 100; times++)
        {
            Read(frame, binder);
        }

        ((GC.GetAllocatedBytesForCurrentThread() - before) / 100).ShouldBeInRange(Data.Length, Data.Length + 512);
    }

    // SignalR's client queues items, while the pipe takes its memory back at once.
    [Fact]
    public void The_bytes_of_a_chunk_are_its_own()
    {
        var frame = Frames.Protocol.GetMessageBytes(Chunk).ToArray();
        var item = Read(new ReadOnlySequence<byte>(frame), new TypedBinder(typeof(ExecutionEvent)));
        Array.Fill(frame, (byte)0xFF);
        item.Data!.Value.ToArray().ShouldBe(Data);
    }

    // A pipe's memory must not be advanced over a frame that was not written to its end.
    [Fact]
    public void Nothing_is_sent_of_a_message_that_cannot_be_written()
    {
        var output = new CountingWriter();
        Should.Throw<NotSupportedException>(() => Frames.Protocol.WriteMessage(new StreamItemMessage("1", 1m), output));
        output.Advanced.ShouldBeEmpty();
    }

    private static ExecutionEvent Read(ReadOnlySequence<byte> input, TypedBinder binder)
    {
        Frames.Protocol.TryParseMessage(ref input, binder, out var message).ShouldBeTrue();
        return (ExecutionEvent)((StreamItemMessage)message!).Item!;
    }

    private sealed class CountingWriter : IBufferWriter<byte>
    {
        public List<int> Asked { get; } = [];

        public List<int> Advanced { get; } = [];

        public void Advance(int count) => Advanced.Add(count);

        public Memory<byte> GetMemory(int sizeHint = 0) => throw new NotSupportedException("The protocol writes into spans.");

        public Span<byte> GetSpan(int sizeHint = 0)
        {
            Asked.Add(sizeHint);
            return new byte[sizeHint + 100];
        }
    }

    private sealed class FixedWriter : IBufferWriter<byte>
    {
        private readonly byte[] _buffer = new byte[Limits.MaxOutputChunkBytes * 2];

        public void Advance(int count)
        {
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => _buffer;

        public Span<byte> GetSpan(int sizeHint = 0) => _buffer;
    }
}
