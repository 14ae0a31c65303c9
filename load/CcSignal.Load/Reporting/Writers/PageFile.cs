namespace CcSignal.Load.Reporting.Writers;

/// <summary>The parts of the page that lie in this assembly.</summary>
internal static class PageFile
{
    public static string Read(string name)
    {
        using var stream = typeof(PageFile).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException($"'{name}' is not in this assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
