using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using CcSignal.Keeper.Native;
using CcSignal.Keeper.Wire;

namespace CcSignal.Keeper.Serving;

/// <summary>A living server: a child in the keeper's own process group, with its end of the socket and the keeper's standard streams. Owns a descriptor of it.</summary>
internal sealed unsafe class ServerProcess : IDisposable
{
    private readonly int _pidfd;

    private ServerProcess(int processId)
    {
        ProcessId = processId;
        _pidfd = Libc.pidfd_open(processId);
    }

    /// <summary>Its number.</summary>
    public int ProcessId { get; }

    /// <summary>Starts one.</summary>
    /// <exception cref="Win32Exception">The system refuses it.</exception>
    public static ServerProcess Start(ServerCommand command, KeeperSocket end)
    {
        var attributes = (nint)NativeMemory.AllocZeroed(Libc.SpawnAttributesSize);
        var actions = (nint)NativeMemory.AllocZeroed(Libc.SpawnFileActionsSize);
        var signals = (nint)NativeMemory.AllocZeroed(Libc.SignalSetSize);
        var words = Words(command.Arguments);
        try
        {
            Succeed(Libc.posix_spawnattr_init(attributes));
            Succeed(Libc.posix_spawnattr_setflags(attributes, Libc.POSIX_SPAWN_SETSIGMASK));
            Succeed(Libc.sigemptyset(signals));
            Succeed(Libc.posix_spawnattr_setsigmask(attributes, signals));
            Succeed(Libc.posix_spawn_file_actions_init(actions));
            Succeed(Libc.posix_spawn_file_actions_adddup2(actions, end.Descriptor, KeeperSocket.ServerDescriptor));
            Succeed(Libc.posix_spawn_file_actions_addclosefrom_np(actions, KeeperSocket.ServerDescriptor + 1));
            Succeed(Libc.posix_spawn(out var processId, command.Path, actions, attributes, words, Environment()));
            return new ServerProcess(processId);
        }
        finally
        {
            _ = Libc.posix_spawnattr_destroy(attributes);
            _ = Libc.posix_spawn_file_actions_destroy(actions);
            NativeMemory.Free((void*)attributes);
            NativeMemory.Free((void*)actions);
            NativeMemory.Free((void*)signals);
            NativeMemory.Free(words);
        }
    }

    /// <summary>Sends it a signal; nothing happens once it has ended.</summary>
    public void Signal(int signal) => _ = Libc.pidfd_send_signal(_pidfd, signal);

    public void Dispose()
    {
        if (_pidfd >= 0)
        {
            Libc.Check(Libc.close(_pidfd), "close");
        }
    }

    // Our own environment as it is, also where it is no text.
    private static byte** Environment() => *(byte***)NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "environ");

    // One block: the pointers, then the bytes.
    private static byte** Words(IReadOnlyList<string> words)
    {
        var table = (words.Count + 1) * sizeof(byte*);
        var block = (byte**)NativeMemory.AllocZeroed((nuint)(table + words.Sum(word => Encoding.UTF8.GetByteCount(word) + 1)));
        var next = (byte*)block + table;
        for (var i = 0; i < words.Count; i++)
        {
            block[i] = next;
            var length = Encoding.UTF8.GetByteCount(words[i]);
            Encoding.UTF8.GetBytes(words[i], new Span<byte>(next, length));
            next += length + 1;
        }

        return block;
    }

    private static void Succeed(int error)
    {
        if (error != 0)
        {
            throw new Win32Exception(error, Marshal.GetPInvokeErrorMessage(error));
        }
    }
}
