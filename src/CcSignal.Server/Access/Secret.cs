using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CcSignal.Server.Access;

/// <summary>Tokens, tickets and session ids: 256 random bits for who holds one, and only their hash kept here.</summary>
internal static class Secret
{
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>The hash as a key. How long the search for it takes tells nothing that helps to guess a secret.</summary>
    public static string Key(string secret) => Convert.ToHexString(Hash(secret));
}
