using CcSignal.Contracts.Tests;
using CcSignal.MessagePack.Binary;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CcSignal.MessagePack.Tests;

/// <summary>Frames as nobody should send them: random, cut off, mutated, with lengths that lie and nesting without end.</summary>
internal sealed class FrameFuzzer(int seed)
{
    private static readonly (byte[] Payload, TypedBinder Binder)[] Corpus = [.. Valid()];

    private static readonly byte[] Heads =
    [
        0x00, 0x7F, 0x80, 0x81, 0x8F, 0x90, 0x91, 0x9F, 0xA0, 0xA1, 0xBF, .. Enumerable.Range(Code.Nil, 0x100 - Code.Nil).Select(code => (byte)code),
    ];

    private readonly Random _random = new(seed);

    public (byte[] Frame, TypedBinder Binder) Next()
    {
        var (valid, binder) = Corpus[_random.Next(Corpus.Length)];
        var payload = valid.ToList();
        for (var times = _random.Next(1, 4); times > 0; times--)
        {
            Mutate(payload);
        }

        var frame = Frames.Framed([.. payload]);
        if (_random.Next(16) == 0)
        {
            frame[_random.Next(Math.Min(frame.Length, 5))] = (byte)_random.Next(256);
        }

        return (frame, _random.Next(8) == 0 ? Corpus[_random.Next(Corpus.Length)].Binder : binder);
    }

    private void Mutate(List<byte> payload)
    {
        var at = _random.Next(payload.Count + 1);
        var there = payload.Count - at;
        switch (_random.Next(10))
        {
            case 0:
                payload.Clear();
                payload.AddRange(Random(_random.Next(64)));
                break;
            case 1:
                payload.RemoveRange(at, there);
                break;
            case 2:
                payload.RemoveRange(at, _random.Next(Math.Min(there, 16) + 1));
                break;
            case 3:
                payload.InsertRange(at, Random(_random.Next(16)));
                break;
            case 4 when there > 0:
                payload[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 5 when there > 0:
                payload[at] = Heads[_random.Next(Heads.Length)];
                break;
            case 6:
                payload.InsertRange(at, Lie());
                break;
            case 7 when there > 0:
                payload.RemoveAt(at);
                payload.InsertRange(at, Lie());
                break;
            case 8:
                payload.InsertRange(at, Enumerable.Repeat(Heads[_random.Next(Heads.Length)], _random.Next(64)));
                break;
            default:
                var other = Corpus[_random.Next(Corpus.Length)].Payload;
                payload.RemoveRange(at, there);
                payload.AddRange(other.AsSpan(_random.Next(other.Length)));
                break;
        }
    }

    private byte[] Random(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    // A head that declares a length, and the length: huge, just a little too much, or anything.
    private byte[] Lie()
    {
        var code = (byte)_random.Next(Code.Binary8, Code.Map32 + 1);
        return _random.Next(3) switch
        {
            0 => [code, 0xFF, 0xFF, 0xFF, 0xFF],
            1 => [code, 0, 0, (byte)_random.Next(4), (byte)_random.Next(256)],
            _ => [code, .. Random(4)],
        };
    }

    private static IEnumerable<(byte[] Payload, TypedBinder Binder)> Valid()
    {
        foreach (var item in Samples.Events.Values.Concat(Samples.Results.Values))
        {
            yield return (Frames.Payload(new StreamItemMessage("1", item)), new TypedBinder(item.GetType()));
            yield return (Frames.Payload(CompletionMessage.WithResult("1", item)), new TypedBinder(item.GetType()));
            yield return (Frames.Payload(CompletionMessage.WithResult("1", item)), new TypedBinder(typeof(object)));
        }

        foreach (var arguments in Samples.Arguments.Values)
        {
            var binder = new TypedBinder([.. arguments.Select(argument => argument?.GetType() ?? typeof(string))]);
            yield return (Frames.Payload(new InvocationMessage("1", "method", arguments)), binder);
            yield return (Frames.Payload(new StreamInvocationMessage("1", "method", arguments, ["2", "3"])), binder);
        }

        var headers = new Dictionary<string, string> { ["a"] = "b", ["c"] = "d" };
        foreach (var message in new HubMessage[]
        {
            new InvocationMessage(null, "method", ["a"]) { Headers = headers },
            new CancelInvocationMessage("1") { Headers = headers },
            CompletionMessage.WithError("1", "It failed."),
            CompletionMessage.Empty("1"),
            CompletionMessage.WithResult(TypedBinder.Unknown, "a"),
            new CloseMessage("It failed.", allowReconnect: true),
            new AckMessage(1),
            new SequenceMessage(1),
            PingMessage.Instance,
        })
        {
            yield return (Frames.Payload(message), new TypedBinder(typeof(string)));
        }
    }
}
