namespace CcSignal.Execution.Admission;

/// <summary>Directories compared as the system sees them: links resolved, by whole segments.</summary>
internal static class Directories
{
    private const int MaxLinks = 40;

    /// <summary>The absolute path with every link in it resolved, as realpath(3); what does not exist stays as it is written.</summary>
    public static string Resolve(string path)
    {
        var pending = new Stack<string>();
        Push(pending, Path.GetFullPath(path));
        var resolved = Path.GetPathRoot(Path.GetFullPath(path)) ?? "/";
        var links = 0;
        while (pending.TryPop(out var segment))
        {
            if (segment is "." or "..")
            {
                resolved = segment == ".." ? Path.GetDirectoryName(resolved) ?? resolved : resolved;
                continue;
            }

            var next = Path.Combine(resolved, segment);
            if (new DirectoryInfo(next).LinkTarget is not { } target)
            {
                resolved = next;
            }
            else if (++links > MaxLinks)
            {
                // As ELOOP: nothing is there. The start then says that the directory does not exist.
                return next;
            }
            else
            {
                if (Path.IsPathRooted(target))
                {
                    resolved = Path.GetPathRoot(target) ?? "/";
                }

                Push(pending, target);
            }
        }

        return resolved;
    }

    /// <summary>Whether it is this root or lies below it; both resolved. <c>/srv/a-evil</c> is not below <c>/srv/a</c>.</summary>
    public static bool IsBelow(string path, string root) =>
        path == root
        || path.StartsWith(Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static void Push(Stack<string> pending, string path)
    {
        var segments = path[(Path.GetPathRoot(path)?.Length ?? 0)..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (var i = segments.Length - 1; i >= 0; i--)
        {
            pending.Push(segments[i]);
        }
    }
}
