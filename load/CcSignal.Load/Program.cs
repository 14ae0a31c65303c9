using System.CommandLine;
using CcSignal.Load.CommandLine;

var load = LoadCommand.Create();
load.Add(Measurements.Trees());
load.Add(Measurements.Streams());
var parsed = load.Parse(args);
if (parsed.Errors is [var error, ..])
{
    Console.Error.WriteLine(error.Message);
    return LoadCommand.BadInput;
}

// A run that is interrupted still ends its server and writes what was measured.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
