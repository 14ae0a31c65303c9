using System.Security.Cryptography;
using CcSignal.Contracts;
using CcSignal.Execution;
using CcSignal.Server.Hosting;
using Microsoft.Extensions.Options;

namespace CcSignal.Server.Access;

/// <summary>The tokens that open this server, as hashes, and who holds each.</summary>
internal sealed class KnownTokens
{
    public const string AdministratorName = "admin";

    private readonly List<(byte[] Hash, Caller Caller)> _tokens = [];

    public KnownTokens(IOptions<AccessOptions> options, IConfiguration configuration, DataDirectory data)
    {
        foreach (var (name, token) in options.Value.Tokens)
        {
            _tokens.Add((Convert.FromHexString(token.Sha256), new Caller(name, token.Administrator, token.Profiles)));
        }

        if (configuration[Defaults.TokenVariable] is { Length: > 0 } administrator)
        {
            _tokens.Add((Secret.Hash(administrator), new Caller(AdministratorName, Administrator: true)));
        }

        if (_tokens.Count == 0)
        {
            File = data.TokenFile;
            _tokens.Add((Secret.Hash(TokenFile.ReadOrCreate(File)), new Caller(AdministratorName, Administrator: true)));
        }
    }

    /// <summary>The file that holds the only token; null when tokens are configured.</summary>
    public string? File { get; }

    /// <summary>Who holds this token; null for an unknown one. Looks at every known token, so that the time tells nothing.</summary>
    public Caller? Find(string token)
    {
        var hash = Secret.Hash(token);
        Caller? found = null;
        foreach (var known in _tokens)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, known.Hash))
            {
                found = known.Caller;
            }
        }

        return found;
    }
}
