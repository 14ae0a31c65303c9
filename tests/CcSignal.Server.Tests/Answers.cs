using System.Net;
using System.Net.Http.Json;
using CcSignal.Server.Answers;

namespace CcSignal.Server.Tests;

/// <summary>What tests say of HTTP answers.</summary>
internal static class Answers
{
    /// <summary>It is this error, in the shape of all errors.</summary>
    public static async Task<string> ShouldBeErrorAsync(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        answer.StatusCode.ShouldBe(status);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/json");
        var body = await answer.Content.ReadFromJsonAsync<ErrorBody>(TestContext.Current.CancellationToken);
        body!.Code.ShouldBe(code);
        body.Message.ShouldNotBeNullOrWhiteSpace();
        return body.Message;
    }
}
