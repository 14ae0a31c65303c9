using CcSignal.Server.Access;

namespace CcSignal.Server.Tests.Access;

public sealed class OriginTests
{
    [Theory]
    [InlineData("http://a.example", "http", "a.example", 80)]
    [InlineData("http://a.example:80", "http", "a.example", 80)]
    [InlineData("HTTPS://A.Example:8443", "https", "a.example", 8443)]
    [InlineData("http://[::1]:5080", "http", "[::1]", 5080)]
    [InlineData("https://a.example/", "https", "a.example", 443)]
    public void An_origin_is_scheme_host_and_port(string text, string scheme, string host, int port) =>
        Origin.TryParse(text).ShouldBe(new Origin(scheme, host, port));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("*")]
    [InlineData("a.example")]
    [InlineData("//a.example")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ws://a.example")]
    [InlineData("http://a.example/path")]
    [InlineData("http://a.example?x")]
    [InlineData("http://a.example#x")]
    [InlineData("http://user@a.example")]
    [InlineData("http://a.example, http://b.example")]
    public void What_is_no_origin_is_known_as_none(string? text) => Origin.TryParse(text).ShouldBeNull();
}
