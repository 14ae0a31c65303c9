using System.Globalization;
using CcSignal.Contracts;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Journal.Compression;
using CcSignal.Execution.Processes;
using CcSignal.Execution.Processes.Linux;
using CcSignal.Execution.Processes.Linux.Native;
using CcSignal.Execution.Processes.Linux.Streams;

// The parts that write recordings as a process of their own, so that a test can kill them.
// CcSignal.Pump --compress <data directory> <journal directory> <records> <bytes of stdout> <bytes of stderr>: as the server does it after an end.
if (args is ["--compress", var data, var journalDirectory, var records, var stdoutBytes, var stderrBytes])
{
    var compressor = new RecordingCompressor(data, TimeProvider.System);
    compressor.Clear();
    Console.WriteLine("compressing");
    await compressor.CompressAsync(new JournalFiles(journalDirectory), new JournalExtent(Number(records), Number(stdoutBytes), Number(stderrBytes)), CancellationToken.None);
    return 0;
}

// CcSignal.Pump <fifo> <journal directory>: moves everything into standard output's file until the end of the fifo; the pipe, which the test holds, lives on.
var fifo = Libc.Check(Libc.open(args[0], Libc.O_RDONLY | Libc.O_CLOEXEC), "open");
using var loop = new EventLoop(TimeProvider.System);
using var journal = new JournalWriter(new JournalFiles(args[1]), new JournalHead(default), TimeProvider.System);
OutputFault? fault = null;
var pump = new OutputPump(loop, TimeProvider.System, fifo, OutputStream.Stdout, journal, null, new DiskPatience(TimeSpan.Zero, TimeProvider.System, _ => { }), found => fault = found);
pump.Begin();
Console.WriteLine("pumping");
await pump.Ended;
return fault is null ? 0 : 1;

static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);
