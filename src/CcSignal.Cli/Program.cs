using System.CommandLine;
using CcSignal.Cli;
using CcSignal.Cli.CommandLine;
using CcSignal.Cli.Commands;

var time = TimeProvider.System;
var global = new GlobalOptions();
var run = RunCommand.Create(global);
var start = StartCommand.Create(global);
var root = new RootCommand("Runs commands on a CcSignal server and follows their output, live or later.")
{
    run,
    start,
    AttachCommand.Create(global),
    PsCommand.Create(global, time),
    ShowCommand.Create(global, time),
    LogsCommand.Create(global, time),
    CancelCommand.Create(global),
    PauseCommand.CreatePause(global),
    PauseCommand.CreateResume(global),
    SignalCommand.Create(global),
    InfoCommand.Create(global),
    ServerCommand.Create(time),
};
global.AddTo(root);

return await Invocation.RunAsync(root, args, run, start);
