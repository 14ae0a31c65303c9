using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CcSignal.Cli.CommandLine;

/// <summary><c>--help</c>, with the details of a command below its options.</summary>
internal sealed class Help(HelpAction usual) : SynchronousCommandLineAction
{
    // System.CommandLine writes arguments before options; here what follows the first argument is the command's own.
    private const string WrongOrder = "<command>... [options]";
    private const string Order = "[options] [--] <command> [<argument>...]";

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        using var text = new StringWriter();
        parseResult.InvocationConfiguration.Output = text;
        usual.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;

        output.Write(text.ToString().Replace(WrongOrder, Order, StringComparison.Ordinal));
        if (parseResult.CommandResult.Command is DescribedCommand described)
        {
            output.WriteLine(described.Details);
        }

        return 0;
    }
}
