using CcSignal.Load.Runs;
using CcSignal.Load.Subjects;

namespace CcSignal.Load.Compare;

/// <summary>The hub and whoever it is compared with on this machine; who is missing is named with the reason.</summary>
internal static class Peers
{
    public static async Task<(IReadOnlyList<ISubject> Subjects, IReadOnlyList<string> Skipped)> ConnectAsync(Bench bench, CancellationToken cancellationToken)
    {
        var skipped = new List<string>();
        var subjects = new List<ISubject> { await Hub.ConnectAsync(bench, cancellationToken), new RawPipe() };
        if (Programs.Installed("websocketd") is { } websocketd)
        {
            subjects.Add(new Websocketd(websocketd));
        }
        else
        {
            skipped.Add("websocketd is not installed (Debian: apt-get install websocketd)");
        }

        if (SshPrograms.Installed() is not { } ssh)
        {
            skipped.Add("ssh is not installed with its server (Debian: apt-get install openssh-server openssh-client)");
            return (subjects, skipped);
        }

        try
        {
            subjects.Add(await SharedSsh.StartAsync(ssh, cancellationToken));
        }
        catch (InvalidOperationException refused)
        {
            skipped.Add($"ssh cannot serve this user here: {refused.Message}");
        }

        return (subjects, skipped);
    }
}
