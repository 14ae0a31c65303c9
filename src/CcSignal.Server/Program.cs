using CcSignal.Execution.Processes.Linux;
using CcSignal.Server.Hosting;

LinuxLauncher.PrepareProcess();
return await ServerProcess.RunAsync(args);
