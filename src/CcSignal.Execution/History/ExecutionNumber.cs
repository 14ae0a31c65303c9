namespace CcSignal.Execution.History;

/// <summary>
/// The 64-bit key of an execution: milliseconds since 2025-01-01 UTC (41 bits, until 2094), node (10 bits), counter (12 bits).
/// Key, cursor and time filter are one column, so page 1,000 costs what page 1 costs.
/// </summary>
internal static class ExecutionNumber
{
    /// <summary>The highest number of a node.</summary>
    public const int MaxNode = (1 << NodeBits) - 1;

    internal const int NodeBits = 10;
    internal const int CounterBits = 12;
    private const int TimeShift = NodeBits + CounterBits;
    private const long Epoch = 1_735_689_600_000;

    /// <summary>When the execution was accepted, Unix milliseconds.</summary>
    public static long TimeOf(long number) => (number >> TimeShift) + Epoch;

    /// <summary>The node that accepted it.</summary>
    public static int NodeOf(long number) => (int)(number >> CounterBits) & MaxNode;

    /// <summary>The lowest number of this moment, so that <c>number &gt;= FirstAt(since)</c> and <c>number &lt; FirstAt(until)</c> are the filters of time.</summary>
    /// <param name="unixMilliseconds">Any moment; one outside of the numbers' time gives the lowest or the highest number.</param>
    public static long FirstAt(long unixMilliseconds) => unixMilliseconds switch
    {
        <= Epoch => 0,
        > Epoch + (long.MaxValue >> TimeShift) => long.MaxValue,
        _ => (unixMilliseconds - Epoch) << TimeShift,
    };

    /// <summary>Puts a number together.</summary>
    /// <param name="ticks">Milliseconds since 2025 and the counter below them, as <see cref="TicksOf"/> gives them.</param>
    /// <param name="node">0–<see cref="MaxNode"/>.</param>
    internal static long From(long ticks, int node) =>
        ticks >> CounterBits << TimeShift | (long)node << CounterBits | ticks & ((1 << CounterBits) - 1);

    /// <summary>The number without its node: what has to rise.</summary>
    internal static long TicksOf(long number) => number >> TimeShift << CounterBits | number & ((1 << CounterBits) - 1);
}
