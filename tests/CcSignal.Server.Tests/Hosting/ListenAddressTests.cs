using CcSignal.Server.Hosting;
using Microsoft.Extensions.Configuration;

namespace CcSignal.Server.Tests.Hosting;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080", true, false)]
    [InlineData("http://127.1.2.3:5080", true, false)]
    [InlineData("http://localhost:5080", true, false)]
    [InlineData("http://LOCALHOST:5080", true, false)]
    [InlineData("https://[::1]:5080", true, true)]
    [InlineData("http://unix:/run/ccsignal.sock", true, false)]
    [InlineData("http://0.0.0.0:5080", false, false)]
    [InlineData("http://[::]:5080", false, false)]
    [InlineData("http://*:5080", false, false)]
    [InlineData("http://+:5080", false, false)]
    [InlineData("https://10.0.0.1:5080", false, true)]
    [InlineData("http://localhost.example.org:5080", false, false)]
    [InlineData("http://127.0.0.1.example.org:5080", false, false)]
    public void Only_this_machines_own_addresses_are_loopback(string url, bool isLoopback, bool isTls)
    {
        var address = new ListenAddress("urls", url);
        address.IsValid.ShouldBeTrue();
        address.IsLoopback.ShouldBe(isLoopback);
        address.IsTls.ShouldBe(isTls);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5080")]
    [InlineData("127.0.0.1:5080")]
    [InlineData("ftp://127.0.0.1:5080")]
    [InlineData("http:/127.0.0.1:5080")]
    public void What_is_no_address_is_known_as_none(string url) => new ListenAddress("urls", url).IsValid.ShouldBeFalse();

    [Fact]
    public void Kestrels_own_endpoints_come_before_urls_and_those_before_ports()
    {
        Of([]).ShouldBe(["http://127.0.0.1:1"]);
        Of([("http_ports", "80;81"), ("https_ports", "443")]).ShouldBe(["http://*:80", "http://*:81", "https://*:443"]);
        Of([("http_ports", "80"), ("urls", "http://localhost:2; https://localhost:3")]).ShouldBe(["http://localhost:2", "https://localhost:3"]);
        Of([("urls", "http://localhost:2"), ("Kestrel:Endpoints:Main:Url", "https://*:9")]).ShouldBe(["https://*:9"]);
    }

    private static IEnumerable<string> Of((string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        return ListenAddress.Of(configuration, "http://127.0.0.1:1").Select(address => address.Url);
    }
}
