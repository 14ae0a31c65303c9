namespace CcSignal.TestKit;

/// <summary>A directory of its own, gone with all that is in it when it is disposed.</summary>
public sealed class TempDirectory : IDisposable
{
    /// <summary>Its absolute path, without symbolic links.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("ccsignal-test-").FullName;

    /// <summary>The path of something in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
