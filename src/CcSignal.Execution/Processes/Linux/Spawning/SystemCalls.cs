using System.Runtime.InteropServices;

namespace CcSignal.Execution.Processes.Linux.Spawning;

/// <summary>
/// System calls that a child makes one after another, until one fails: for each its number and up to six arguments. Owns its memory, which the
/// child writes too: what failed stands in it afterwards.
/// </summary>
internal sealed unsafe class SystemCalls : IDisposable
{
    // The layout CloneCode knows: error, index of the failed call, count; then per call eight words: number, six arguments, one unused.
    private const int HeaderWords = 3;
    private const int CallWords = 8;

    private readonly int _capacity;
    private readonly List<nint> _stored = [];
    private readonly List<SpawnStep> _steps = [];
    private long* _words;

    public SystemCalls(int capacity)
    {
        _capacity = capacity;
        _words = (long*)NativeMemory.AllocZeroed((nuint)((HeaderWords + (capacity * CallWords)) * sizeof(long)));
    }

    /// <summary>Where the list stands.</summary>
    public nint Pointer => (nint)_words;

    /// <summary>How many there are.</summary>
    public int Count => (int)_words[2];

    /// <summary>The error number of the call that failed; 0: none did.</summary>
    public int Error => (int)-_words[0];

    /// <summary>What the call that failed was for.</summary>
    public SpawnStep FailedStep => _steps[(int)_words[1]];

    /// <summary>Adds one at the end.</summary>
    public void Add(SpawnStep step, int number, nint first = 0, nint second = 0, nint third = 0, nint fourth = 0)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(Count, _capacity);
        var call = _words + HeaderWords + (_words[2]++ * CallWords);
        call[0] = number;
        call[1] = first;
        call[2] = second;
        call[3] = third;
        call[4] = fourth;
        _steps.Add(step);
    }

    /// <summary>Keeps values that a call points to as long as the list.</summary>
    public nint Store<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        var memory = NativeMemory.Alloc((nuint)Math.Max(1, bytes.Length));
        _stored.Add((nint)memory);
        bytes.CopyTo(new Span<byte>(memory, bytes.Length));
        return (nint)memory;
    }

    public void Dispose()
    {
        _stored.ForEach(memory => NativeMemory.Free((void*)memory));
        _stored.Clear();
        NativeMemory.Free(_words);
        _words = null;
    }
}
