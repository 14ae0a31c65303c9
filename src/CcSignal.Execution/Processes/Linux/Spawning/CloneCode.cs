using System.ComponentModel;
using System.Runtime.InteropServices;
using CcSignal.Execution.Processes.Linux.Native;

namespace CcSignal.Execution.Processes.Linux.Spawning;

/// <summary>
/// The 93 bytes of machine code that C# cannot say: clone3(2), and in the child a list of system calls up to its exec. The child shares our memory
/// and we wait (as posix_spawn(3) does), so nothing managed may run in it, and nothing does. It is what the C library's posix_spawn is made of, but
/// here the child is born in its control group, which that call can do only from glibc 2.39 on: whoever moves a child afterwards loses the
/// children it has by then.
/// </summary>
internal static unsafe class CloneCode
{
    // rdi: clone_args, rsi: its size, rdx: the list (see SystemCalls). Returns what clone3 returned.
    private static readonly byte[] X64 =
    [
        0xb8, 0xb3, 0x01, 0x00, 0x00,             //    mov  eax, 435            ; clone3
        0x0f, 0x05,                               //    syscall
        0x48, 0x85, 0xc0,                         //    test rax, rax
        0x74, 0x01,                               //    je   child
        0xc3,                                     //    ret                      ; the parent: pid or -errno
        0x4c, 0x8b, 0x62, 0x10,                   // child: mov r12, [rdx+16]    ; how many calls
        0x4c, 0x8d, 0x6a, 0x18,                   //    lea  r13, [rdx+24]       ; the first
        0x48, 0x89, 0xd3,                         //    mov  rbx, rdx
        0x45, 0x31, 0xf6,                         //    xor  r14d, r14d          ; its index
        0x49, 0x8b, 0x45, 0x00,                   // next: mov rax, [r13]        ; number
        0x49, 0x8b, 0x7d, 0x08,                   //    mov  rdi, [r13+8]        ; arguments
        0x49, 0x8b, 0x75, 0x10,                   //    mov  rsi, [r13+16]
        0x49, 0x8b, 0x55, 0x18,                   //    mov  rdx, [r13+24]
        0x4d, 0x8b, 0x55, 0x20,                   //    mov  r10, [r13+32]
        0x4d, 0x8b, 0x45, 0x28,                   //    mov  r8,  [r13+40]
        0x4d, 0x8b, 0x4d, 0x30,                   //    mov  r9,  [r13+48]
        0x0f, 0x05,                               //    syscall
        0x48, 0x85, 0xc0,                         //    test rax, rax
        0x78, 0x0c,                               //    js   failed
        0x49, 0x83, 0xc5, 0x40,                   //    add  r13, 64
        0x49, 0xff, 0xc6,                         //    inc  r14
        0x49, 0xff, 0xcc,                         //    dec  r12
        0x75, 0xd1,                               //    jne  next
        0x48, 0x89, 0x03,                         // failed: mov [rbx], rax      ; -errno
        0x4c, 0x89, 0x73, 0x08,                   //    mov  [rbx+8], r14        ; of which call
        0xbf, 0x7f, 0x00, 0x00, 0x00,             //    mov  edi, 127
        0xb8, 0xe7, 0x00, 0x00, 0x00,             //    mov  eax, 231            ; exit_group
        0x0f, 0x05,                               //    syscall
    ];

    private static readonly Lazy<nint> Code = new(Load);

    /// <summary>Whether this machine runs it.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Makes a child that makes these calls; returns when it has become another program, or has ended.</summary>
    /// <returns>The child's number, or a negative error number: then there is no child.</returns>
    public static int Run(ref Libc.CloneArguments arguments, nint calls)
    {
        // A signal that came to the child before it has default actions would run our handlers in it, on our memory.
        ulong all = ulong.MaxValue, old;
        Libc.Check(Libc.rt_sigprocmask(Libc.SIG_SETMASK, &all, &old), "rt_sigprocmask");
        try
        {
            fixed (Libc.CloneArguments* pointer = &arguments)
            {
                return (int)((delegate* unmanaged<void*, nuint, nint, nint>)Code.Value)(pointer, (nuint)sizeof(Libc.CloneArguments), calls);
            }
        }
        finally
        {
            Libc.Check(Libc.rt_sigprocmask(Libc.SIG_SETMASK, &old, null), "rt_sigprocmask");
        }
    }

    private static nint Load()
    {
        var page = (nuint)Environment.SystemPageSize;
        var memory = Libc.mmap(null, page, Libc.PROT_READ | Libc.PROT_WRITE, Libc.MAP_PRIVATE | Libc.MAP_ANONYMOUS, -1, 0);
        if (memory == (void*)-1)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "mmap");
        }

        X64.CopyTo(new Span<byte>(memory, X64.Length));
        Libc.Check(Libc.mprotect(memory, page, Libc.PROT_READ | Libc.PROT_EXEC), "mprotect");
        return (nint)memory;
    }
}
