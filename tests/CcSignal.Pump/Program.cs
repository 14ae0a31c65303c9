using CcSignal.Contracts;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes;
using CcSignal.Execution.Processes.Linux;
using CcSignal.Execution.Processes.Linux.Native;
using CcSignal.Execution.Processes.Linux.Streams;

// The pump and the journal as a process of their own, so that a test can kill them while the pipe, which the test holds, lives on.
// CcSignal.Pump <fifo> <journal directory>: moves everything into standard output's file until the end of the fifo.
var fifo = Libc.Check(Libc.open(args[0], Libc.O_RDONLY | Libc.O_CLOEXEC), "open");
using var loop = new EventLoop(TimeProvider.System);
using var journal = new JournalWriter(new JournalFiles(args[1]), new JournalHead(default), TimeProvider.System);
OutputFault? fault = null;
var pump = new OutputPump(loop, TimeProvider.System, fifo, OutputStream.Stdout, journal, null, new DiskPatience(TimeSpan.Zero, TimeProvider.System, _ => { }), found => fault = found);
pump.Begin();
Console.WriteLine("pumping");
await pump.Ended;
return fault is null ? 0 : 1;
