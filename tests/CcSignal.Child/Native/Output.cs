using System.ComponentModel;
using System.Runtime.InteropServices;

namespace CcSignal.TestChild.Native;

/// <summary>Standard output or error: every <see cref="Write"/> is one write(2) of exactly these bytes, without a buffer of ours.</summary>
internal sealed class Output
{
    public static readonly Output Standard = new(1);
    public static readonly Output Error = new(2);

    private readonly int _descriptor;
    private readonly Stream? _console;

    private Output(int descriptor)
    {
        _descriptor = descriptor;
        if (OperatingSystem.IsWindows())
        {
            _console = descriptor == 1 ? Console.OpenStandardOutput() : Console.OpenStandardError();
        }
    }

    public unsafe void Write(ReadOnlySpan<byte> bytes)
    {
        if (_console is not null)
        {
            _console.Write(bytes);
            return;
        }

        fixed (byte* start = bytes)
        {
            for (nint done = 0; done < bytes.Length;)
            {
                var written = Libc.write(_descriptor, start + done, bytes.Length - done);
                if (written >= 0)
                {
                    done += written;
                }
                else if (Marshal.GetLastPInvokeError() != Libc.EINTR)
                {
                    throw new Win32Exception();
                }
            }
        }
    }
}
