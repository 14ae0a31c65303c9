using CcSignal.Execution.Processes.Linux;
using CcSignal.Server.Hosting;

LinuxLauncher.PrepareProcess();
var role = ProcessRole.Of(args);
return role.RunKeeper() ?? await ServerProcess.RunAsync(role);
