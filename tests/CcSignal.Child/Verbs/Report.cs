using System.Collections;
using System.Text.Json;
using CcSignal.TestChild.Native;

namespace CcSignal.TestChild.Verbs;

/// <summary>
/// <c>report …</c>: one JSON object about the process as it was started. The .NET runtime itself ignores SIGPIPE and opens
/// descriptors of its own; where a test must see neither, <c>/bin/cat /proc/self/status</c> and <c>/bin/ls -l /proc/self/fd</c> tell.
/// </summary>
internal static class Report
{
    public static int Print(string[] arguments)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            Identity(json);
            json.WriteStartArray("arguments");
            foreach (var argument in arguments.AsSpan(1))
            {
                json.WriteStringValue(argument);
            }

            json.WriteEndArray();
            Variables(json);
            if (OperatingSystem.IsLinux())
            {
                SeenByTheKernel(json);
            }

            json.WriteEndObject();
        }

        memory.WriteByte((byte)'\n');
        Output.Standard.Write(memory.ToArray());
        return 0;
    }

    private static void Identity(Utf8JsonWriter json)
    {
        json.WriteString("executable", Environment.ProcessPath);
        json.WriteString("directory", Environment.CurrentDirectory);
        json.WriteNumber("processId", Environment.ProcessId);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        json.WriteNumber("parentId", Libc.getppid());
        json.WriteNumber("groupId", Libc.getpgid(0));
        json.WriteNumber("sessionId", Libc.getsid(0));
        json.WriteNumber("umask", Libc.umask(0)); // nothing is created after this
        json.WriteStartArray("terminals");
        for (var descriptor = 0; descriptor <= 2; descriptor++)
        {
            json.WriteBooleanValue(Libc.isatty(descriptor) == 1);
        }

        json.WriteEndArray();
    }

    private static void Variables(Utf8JsonWriter json)
    {
        json.WriteStartObject("environment");
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            json.WriteString((string)variable.Key, (string?)variable.Value);
        }

        json.WriteEndObject();
    }

    private static void SeenByTheKernel(Utf8JsonWriter json)
    {
        json.WriteStartObject("status");
        foreach (var line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith("Sig", StringComparison.Ordinal) && line.Split(":\t") is [var name, var value])
            {
                json.WriteString(name, value);
            }
        }

        json.WriteEndObject();
        json.WriteStartObject("descriptors");
        foreach (var entry in new DirectoryInfo("/proc/self/fd").GetFiles())
        {
            json.WriteString(entry.Name, entry.LinkTarget);
        }

        json.WriteEndObject();
    }
}
