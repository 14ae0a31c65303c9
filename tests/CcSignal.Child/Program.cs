using CcSignal.TestChild;
using CcSignal.TestChild.Native;
using CcSignal.TestChild.Verbs;

Signals.BehaveAsAPlainProgram();
var words = new Words(args);

return words.Verb switch
{
    "echo" => Print.Echo(Output.Standard, words),
    "echo-err" => Print.Echo(Output.Error, words),
    "lines" => Print.Lines(count: words.Number(1), intervalMs: words.Number(2, 0), bytesPerLine: words.Number(3, 0)),
    "both" => Print.Both(count: words.Number(1)),
    "json-lines" => Print.JsonLines(count: words.Number(1)),
    "write-to" => Print.WriteTo(path: words.Text(1), text: words.Text(2)),

    "flood" => Bytes.Flood(bytes: words.Number(1), blockSize: words.Number(2, 8 * 1024), seed: words.Number(3, 0)),
    "binary" => Bytes.Binary(times: words.Number(1, 1)),
    "one-line" => Bytes.OneLine(bytes: words.Number(1)),
    "one-byte" => Bytes.OneByte(count: words.Number(1), seed: words.Number(2, 0)),
    "utf8-split" => Bytes.Utf8Split(times: words.Number(1, 1)),

    "exit" => (int)words.Number(1),
    "exit-undrained" => Bytes.Flood(bytes: words.Number(1), blockSize: 8 * 1024, seed: 0, exitCode: (int)words.Number(2)),
    "sleep" => Wait.Sleep(seconds: words.Seconds(1)),
    "burn" => Wait.Burn(seconds: words.Seconds(1)),
    "die-by" => Wait.DieBy(signal: words.Text(1)),
    "ignore-term" => Wait.IgnoreTerm(),
    "on-term" => Wait.OnTerm(exitCode: (int)words.Number(1)),

    "spawn" => Descendants.Spawn(seconds: words.Seconds(1)),
    "spawn-detached" => Descendants.SpawnDetached(seconds: words.Seconds(1), rootSeconds: words.Seconds(2, words.Seconds(1))),
    "hold-output" => Descendants.HoldOutput(seconds: words.Seconds(1), exitCode: (int)words.Number(2, 0), lateLines: words.Number(3, 1)),
    Descendants.Between => Descendants.StartDetached(seconds: words.Seconds(1)),
    Descendants.Detached => Descendants.BeDetached(seconds: words.Seconds(1)),
    Descendants.Late => Descendants.WriteLate(seconds: words.Seconds(1), lines: words.Number(2)),

    "in-two" => InTwo.Run(bytes: words.Number(1), pause: words.Seconds(2), end: words.Text(3), seed: words.Number(4, 0)),
    "orphan-in-two" => InTwo.Orphan(words),
    InTwo.Between => InTwo.BeBetween(words),
    InTwo.Orphaned => InTwo.BeOrphaned(bytes: words.Number(1), pause: words.Seconds(2), seed: words.Number(4, 0)),

    "agent" => Agent.Play(words),

    "report" => Report.Print(args),
    "read-stdin" => Input.Digest(),
    "copy-stdin" => Input.Copy(),
    "window" when !OperatingSystem.IsWindows() => Window.Watch(),
    "keys" when !OperatingSystem.IsWindows() => Window.Keys(),
    "close-stdin" => InputEnds.Close(seconds: words.Seconds(1)),

    _ => words.Refuse($"There is no verb '{words.Verb}'; the table is in tests/CcSignal.Child/Program.cs."),
};
