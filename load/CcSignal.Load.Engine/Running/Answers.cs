namespace CcSignal.Load.Engine.Running;

/// <summary>The answer of what ended by an exception, in NBomber's codes.</summary>
internal static class Answers
{
    private const string Cancelled = "-100";
    private const string Threw = "-101";

    public static Response<T> Of<T>(Exception exception) => exception is OperationCanceledException
        ? Response.Fail<T>(statusCode: Cancelled, message: "operation timeout")
        : Response.Fail<T>(statusCode: Threw, message: exception.Message);
}
