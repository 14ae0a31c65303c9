using System.Globalization;
using System.Runtime.InteropServices;
using CcSignal.Execution.Processes.Linux.Native;

namespace CcSignal.Execution.Processes.Linux;

/// <summary>The system's users, wherever it keeps them (nsswitch.conf(5)).</summary>
internal static unsafe class Users
{
    private const int FirstGroups = 64;

    /// <summary>A user by name or number; null: there is none.</summary>
    public static UserIdentity? Find(string name)
    {
        // Not thread-safe: profiles are made once, while the server starts.
        var entry = uint.TryParse(name, CultureInfo.InvariantCulture, out var number) ? Libc.getpwuid(number) : Libc.getpwnam(name);
        if (entry is null)
        {
            return null;
        }

        // struct passwd: two pointers, then the two numbers.
        var user = *(uint*)(entry + (2 * sizeof(nint)));
        var group = *(uint*)(entry + (2 * sizeof(nint)) + sizeof(uint));
        return new UserIdentity(user, group, GroupsOf(Marshal.PtrToStringUTF8(*(nint*)entry)!, group));
    }

    private static uint[] GroupsOf(string name, uint group)
    {
        var count = FirstGroups;
        while (true)
        {
            var groups = new uint[count];
            fixed (uint* pointer = groups)
            {
                if (Libc.getgrouplist(name, group, pointer, ref count) >= 0)
                {
                    return groups[..count];
                }
            }
        }
    }
}
