using System.Runtime.InteropServices;

namespace CcSignal.TestKit;

/// <summary>The program that tests run; its verbs are the table in <c>tests/CcSignal.Child/Program.cs</c>.</summary>
public static class Child
{
    /// <summary>Its executable, beside the test assembly.</summary>
    public static string Path { get; } = Executable("CcSignal.Child");

    /// <summary>The runtime that runs the tests, for the executable's own search (DOTNET_ROOT), wherever it is installed.</summary>
    public static string DotnetRoot { get; } = System.IO.Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory());

    /// <summary>What <c>flood bytes [blockSize] [seed]</c> and <c>one-byte bytes [seed]</c> print, as SHA-256.</summary>
    public static string Sha256(long bytes, long seed = 0) => CcSignal.TestChild.DeterministicBytes.Sha256(seed, bytes);

    internal static string Executable(string name)
    {
        var path = System.IO.Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? name + ".exe" : name);
        return File.Exists(path) ? path : throw new FileNotFoundException($"'{path}' was not built with the tests.", path);
    }

    /// <summary>The first bytes that <c>flood</c> writes.</summary>
    public static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        TestChild.DeterministicBytes.Fill(bytes, seed: 0, position: 0);
        return bytes;
    }
}
