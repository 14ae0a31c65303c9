namespace CcSignal.Load.CommandLine;

/// <summary>What was asked for cannot be done; the message is one line that says why.</summary>
internal sealed class BadInputException(string message) : Exception(message);
