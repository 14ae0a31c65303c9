using System.Text;

namespace CcSignal.MessagePack.Binary;

/// <summary>Text as it travels.</summary>
internal static class Utf8
{
    /// <summary>Strict both ways: a replacement character in a path or an argument would name something else than was meant.</summary>
    public static UTF8Encoding Strict { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
