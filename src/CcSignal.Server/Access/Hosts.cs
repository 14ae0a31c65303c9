using System.Net;
using Microsoft.Extensions.Options;

namespace CcSignal.Server.Access;

/// <summary>
/// The names under which this server answers. Any other one is a page's attempt to be taken for this server's own by letting its name
/// resolve to this machine (DNS rebinding). A rebound name is a name: literal addresses of this machine are safe.
/// </summary>
internal sealed class Hosts(IOptions<AccessOptions> options)
{
    private readonly HashSet<string> _names = new(["localhost", .. options.Value.AllowedHosts.Select(name => name.Trim('[', ']'))], StringComparer.OrdinalIgnoreCase);

    public bool Admit(HttpContext context)
    {
        var host = context.Request.Host.Host.Trim('[', ']');
        return _names.Contains(host)
            || (IPAddress.TryParse(host, out var address) && (IPAddress.IsLoopback(address) || IsHere(address, context.Connection.LocalIpAddress)));
    }

    private static bool IsHere(IPAddress address, IPAddress? here) =>
        here is not null && address.MapToIPv6().Equals(here.MapToIPv6());
}
