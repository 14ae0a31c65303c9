using System.ComponentModel;
using System.Runtime.InteropServices;
using CcSignal.Keeper.Native;

namespace CcSignal.Keeper.Wire;

/// <summary>
/// One end of the socket between keeper and server (unix(7), SOCK_SEQPACKET: whole messages, in order). Descriptors that were sent live in the
/// socket's queue, also when the sender dies before they are read. Owns the end. Any thread may send; one receives.
/// </summary>
internal sealed unsafe class KeeperSocket(int descriptor) : IDisposable
{
    /// <summary>Where a server finds its end.</summary>
    public const int ServerDescriptor = 3;

    private const int DescriptorSize = sizeof(int);
    private static readonly int ControlSize = sizeof(Libc.ControlHeader) + (KeeperMessage.MaxDescriptors * DescriptorSize);

    /// <summary>The end's number.</summary>
    public int Descriptor { get; } = descriptor;

    /// <summary>Makes both ends; neither is inherited unless asked for.</summary>
    /// <exception cref="Win32Exception">The system has none.</exception>
    public static (KeeperSocket Keeper, KeeperSocket Server) Pair()
    {
        var ends = stackalloc int[2];
        Libc.Check(Libc.socketpair(Libc.AF_UNIX, Libc.SOCK_SEQPACKET | Libc.SOCK_CLOEXEC, 0, ends), "socketpair");
        return (new KeeperSocket(ends[0]), new KeeperSocket(ends[1]));
    }

    /// <summary>The server's end, where a keeper put it; null: there is no such socket.</summary>
    public static KeeperSocket? OfServer()
    {
        int type, length = sizeof(int);
        if (Libc.getsockopt(ServerDescriptor, Libc.SOL_SOCKET, Libc.SO_TYPE, &type, &length) != 0 || type != Libc.SOCK_SEQPACKET)
        {
            return null;
        }

        // Nothing that the server starts may inherit it.
        Libc.Check(Libc.fcntl(ServerDescriptor, Libc.F_SETFD, Libc.FD_CLOEXEC), "fcntl");
        return new KeeperSocket(ServerDescriptor);
    }

    /// <summary>Sends a message, with duplicates of these descriptors in the order of its roles.</summary>
    /// <param name="message">What to say.</param>
    /// <param name="descriptors">As many as it has roles.</param>
    /// <param name="wait">Wait for room; otherwise a full queue is a failure.</param>
    /// <returns>False: the other side is gone, or does not read.</returns>
    public bool TrySend(in KeeperMessage message, ReadOnlySpan<int> descriptors, bool wait)
    {
        var bytes = stackalloc byte[KeeperMessage.Size];
        message.Write(new Span<byte>(bytes, KeeperMessage.Size));
        var vector = new Libc.IoVector { iov_base = bytes, iov_len = KeeperMessage.Size };
        var header = new Libc.MessageHeader { msg_iov = &vector, msg_iovlen = 1 };
        var control = stackalloc byte[ControlSize];
        if (descriptors.Length > 0)
        {
            var rights = (Libc.ControlHeader*)control;
            rights->cmsg_len = (nuint)(sizeof(Libc.ControlHeader) + (descriptors.Length * DescriptorSize));
            rights->cmsg_level = Libc.SOL_SOCKET;
            rights->cmsg_type = Libc.SCM_RIGHTS;
            descriptors.CopyTo(new Span<int>(control + sizeof(Libc.ControlHeader), descriptors.Length));
            header.msg_control = control;
            header.msg_controllen = rights->cmsg_len;
        }

        while (true)
        {
            if (Libc.sendmsg(Descriptor, &header, Libc.MSG_NOSIGNAL | (wait ? 0 : Libc.MSG_DONTWAIT)) >= 0)
            {
                return true;
            }

            if (Marshal.GetLastPInvokeError() != Libc.EINTR)
            {
                return false;
            }
        }
    }

    /// <summary>Receives a message; what is none counts as nothing.</summary>
    /// <param name="wait">Wait for one.</param>
    public Received Receive(bool wait)
    {
        var bytes = stackalloc byte[KeeperMessage.Size];
        var vector = new Libc.IoVector { iov_base = bytes, iov_len = KeeperMessage.Size };
        var control = stackalloc byte[ControlSize];
        while (true)
        {
            var header = new Libc.MessageHeader { msg_iov = &vector, msg_iovlen = 1, msg_control = control, msg_controllen = (nuint)ControlSize };
            var count = Libc.recvmsg(Descriptor, &header, Libc.MSG_CMSG_CLOEXEC | (wait ? 0 : Libc.MSG_DONTWAIT));
            if (count > 0)
            {
                return Read(new ReadOnlySpan<byte>(bytes, (int)count), Rights(&header), (header.msg_flags & Libc.MSG_CTRUNC) != 0);
            }

            var error = count == 0 ? 0 : Marshal.GetLastPInvokeError();
            if (error != Libc.EINTR)
            {
                return error == Libc.EAGAIN ? Received.Nothing : Received.End;
            }
        }
    }

    /// <summary>Waits until there is something to receive; false: not within this time.</summary>
    public bool Wait(TimeSpan limit)
    {
        var poll = new Libc.PollDescriptor { fd = Descriptor, events = Libc.POLLIN };
        return Libc.poll(&poll, 1, (int)limit.TotalMilliseconds) > 0;
    }

    public void Dispose() => Libc.Check(Libc.close(Descriptor), "close");

    private static ReadOnlySpan<int> Rights(Libc.MessageHeader* header)
    {
        var rights = (Libc.ControlHeader*)header->msg_control;
        return header->msg_controllen < (nuint)sizeof(Libc.ControlHeader) || rights->cmsg_type != Libc.SCM_RIGHTS
            ? []
            : new ReadOnlySpan<int>((byte*)rights + sizeof(Libc.ControlHeader), (int)(rights->cmsg_len - (nuint)sizeof(Libc.ControlHeader)) / DescriptorSize);
    }

    private static Received Read(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> rights, bool truncated)
    {
        var descriptors = new HeldDescriptor[rights.Length];
        var isMessage = KeeperMessage.TryRead(bytes, out var message);
        for (var i = 0; i < rights.Length; i++)
        {
            descriptors[i] = new HeldDescriptor(message.RoleAt(i), rights[i]);
        }

        return new Received(isMessage ? message : null, descriptors, Truncated: truncated || (isMessage && message.DescriptorCount != rights.Length && message.Kind is MessageKind.Hold or MessageKind.Held));
    }
}
