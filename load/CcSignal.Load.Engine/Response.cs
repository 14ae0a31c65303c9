namespace CcSignal.Load.Engine;

/// <summary>Makes responses. Give every argument by name: in NBomber the order differs between <c>Ok</c> and <c>Fail</c>.</summary>
public static class Response
{
    /// <summary>It went well.</summary>
    public static Response<object> Ok(string statusCode = "", long sizeBytes = 0, string message = "", double customLatencyMs = 0) =>
        Ok<object>(statusCode, sizeBytes, message, customLatencyMs);

    /// <summary>It went well.</summary>
    public static Response<T> Ok<T>(string statusCode = "", long sizeBytes = 0, string message = "", double customLatencyMs = 0) =>
        new() { StatusCode = statusCode, SizeBytes = sizeBytes, Message = message, CustomLatencyMs = customLatencyMs };

    /// <summary>It went well and brought something.</summary>
    public static Response<T> Ok<T>(T payload, string statusCode = "", long sizeBytes = 0, string message = "", double customLatencyMs = 0) =>
        Ok<T>(statusCode, sizeBytes, message, customLatencyMs) with { Payload = new(payload) };

    /// <summary>It failed.</summary>
    public static Response<object> Fail(string statusCode = "", string message = "", long sizeBytes = 0, double customLatencyMs = 0) =>
        Fail<object>(statusCode, message, sizeBytes, customLatencyMs);

    /// <summary>It failed.</summary>
    public static Response<T> Fail<T>(string statusCode = "", string message = "", long sizeBytes = 0, double customLatencyMs = 0) =>
        Ok<T>(statusCode, sizeBytes, message, customLatencyMs) with { IsError = true };

    /// <summary>It failed and brought something.</summary>
    public static Response<T> Fail<T>(T payload, string statusCode = "", string message = "", long sizeBytes = 0, double customLatencyMs = 0) =>
        Fail<T>(statusCode, message, sizeBytes, customLatencyMs) with { Payload = new(payload) };
}
