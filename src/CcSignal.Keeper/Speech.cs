using System.Text;
using CcSignal.Keeper.Native;

namespace CcSignal.Keeper;

/// <summary>What the keeper has to say, a line each on standard error: nothing that can fail or hold it up for long.</summary>
internal static class Speech
{
    public static unsafe void Say(string sentence)
    {
        var line = Encoding.UTF8.GetBytes($"CcSignal keeper: {sentence}\n");
        fixed (byte* bytes = line)
        {
            // Where nobody reads there is nobody to tell that.
            _ = Libc.write(2, bytes, (nuint)line.Length);
        }
    }
}
