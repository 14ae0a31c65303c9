using System.Globalization;

namespace CcSignal.Load.Streams;

/// <summary>Measures the delivering side, one thing after another, and writes what came of it as Markdown.</summary>
internal static class StreamsReport
{
    private const int Rounds = 3;

    public static async Task WriteAsync(StreamsSizes sizes, TextWriter output, Action<string> progress, CancellationToken cancellationToken)
    {
        await using var server = await StreamedServer.StartAsync(sizes.Executions + sizes.Floods + 1, cancellationToken);
        Write($"what", $"figure");
        Write($"---", $"---");

        // So much of everything that the runtime has compiled what is measured to its end.
        progress("warming up");
        await FanOut.MeasureAsync(server, sizes.Followers, $"{Programs.Child} flood {sizes.FanOutBytes}", cancellationToken);
        await FanOut.MeasureAsync(server, sizes.Followers, $"{Programs.Child} lines 200 20 80", cancellationToken);

        progress($"flood to {sizes.Followers} followers");
        var flood = await FanOut.MeasureAsync(server, sizes.Followers, $"{Programs.Child} flood {sizes.FanOutBytes}", cancellationToken);
        FormattableString title = $"{sizes.FanOutBytes} bytes to {sizes.Followers} followers";
        Write($"{title}, live: server's CPU per delivered MB, speed of all together, mean chunk", $"{Told(flood.Live)}");
        Write($"{title}, replay", $"{Told(flood.Replay)}");

        progress($"lines to {sizes.Followers} followers");
        var lines = await FanOut.MeasureAsync(server, sizes.Followers, $"{Programs.Child} lines 400 40 80", cancellationToken);
        Write($"a line of 80 bytes each 40 ms to {sizes.Followers} followers, live: server's CPU per delivered line", $"{lines.Live.CpuMicrosecondsPerEvent:0.0} µs");

        progress($"{sizes.Executions} executions, a line a second each");
        var ages = await ManyWriters.MeasureAsync(server, sizes.Executions, sizes.Seconds, cancellationToken);
        Write($"{sizes.Executions} executions, a line a second each: from write to client, p50 / p99 / most", $"{ages.Quantile(0.5):0.0} / {ages.Quantile(0.99):0.0} / {ages.Quantile(1):0.0} ms");

        progress($"calls beside {sizes.Floods} floods");
        var (gets, cancels) = await CallsUnderFlood.MeasureAsync(server, sizes.Floods, sizes.Calls, cancellationToken);
        Write($"`Get` on a connection with {sizes.Floods} floods, p50 / p95 / p99 of {sizes.Calls}", $"{gets.Quantile(0.5):0.0} / {gets.Quantile(0.95):0.0} / {gets.Quantile(0.99):0.0} ms");
        Write($"`Cancel` of each of these, p50 / most", $"{cancels.Quantile(0.5):0.0} / {cancels.Quantile(1):0.0} ms");

        progress($"a stalled reader beside {sizes.StalledBytes} bytes");
        var (alone, beside, growth) = await StalledReader.MeasureAsync(server, sizes.StalledBytes, sizes.Readers, cancellationToken);
        Write(
            $"{sizes.StalledBytes} bytes to {sizes.Readers} readers beside one who stands still: speed of all together with and without it, growth of the server's memory",
            $"{beside:0} and {alone:0} MB/s, {growth / 1e6:0.0} MB");

        progress($"{sizes.ReplayBytes} bytes from their recording");
        var (replay, websocketd) = await Replay.MeasureAsync(server, sizes.ReplayBytes, Rounds, cancellationToken);
        FormattableString told = websocketd is null
            ? (FormattableString)$"{replay.ToString("0")} MB/s; websocketd is not installed"
            : $"{replay.ToString("0")} and {websocketd.ToString("0")} MB/s, {replay.RatioTo(websocketd).ToString("0.00")} ×";
        Write($"{sizes.ReplayBytes} bytes read again from the recording, and as much live through websocketd; medians (lowest–highest) of {Rounds} rounds", told);
        output.WriteLine();
        foreach (var fact in Machine.Facts())
        {
            output.WriteLine($"- {fact}");
        }

        static string Told(FanOut.Delivery delivery) => string.Create(
            CultureInfo.InvariantCulture, $"{delivery.CpuMillisecondsPerMegabyte:0.00} ms, {delivery.MegabytesPerSecond:0} MB/s, {delivery.BytesPerEvent:0} bytes");

        void Write(FormattableString what, FormattableString figure) =>
            output.WriteLine($"| {what.ToString(CultureInfo.InvariantCulture)} | {figure.ToString(CultureInfo.InvariantCulture)} |");
    }
}
