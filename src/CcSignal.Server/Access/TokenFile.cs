using CcSignal.Server.Hosting;

namespace CcSignal.Server.Access;

/// <summary>The administrator's token of a server without configured ones: made on first start, kept over restarts, read by clients of the same user.</summary>
internal static class TokenFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int ShortestToken = 32;

    public static string ReadOrCreate(string path) => File.Exists(path) ? Read(path) : Create(path);

    private static string Read(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
        {
            throw Refused($"Others may read the token file '{path}': they may know it. Remove it, and the next start makes a new one; or, if nobody read it, chmod 600 it.");
        }

        var token = File.ReadAllText(path).Trim();
        return token.Length >= ShortestToken ? token : throw Refused($"The token file '{path}' holds no token. Remove it, and the next start makes a new one.");
    }

    private static string Create(string path)
    {
        var token = Secret.Create();
        var unfinished = path + ".new";
        File.Delete(unfinished);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var writer = new StreamWriter(unfinished, options))
        {
            writer.Write(token + "\n");
        }

        // Whoever finds the file finds all of it.
        File.Move(unfinished, path);
        return token;
    }

    private static StartRefusedException Refused(string message) => new(ExitCode.BadDataDirectory, message);
}
