using CcSignal.Server.Hosting;

return await ServerProcess.RunAsync(args);
