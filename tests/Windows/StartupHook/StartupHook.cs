using System.Runtime.InteropServices;

/// <summary>What the runtime calls before a program's own code (DOTNET_STARTUP_HOOKS).</summary>
/// <remarks>
/// Wine 8 keeps frames of its own in a thread's list of exception handlers while it calls a language's handler. .NET 9 and later go on from
/// there at a catch and never return, so such a frame stays in the list while its stack is used for something else, and the next exception calls what
/// lies there: threads end while they hold locks, and tests hang. Before each exception is handed on, a list that begins below the stack pointer is
/// therefore emptied. Code of 64-bit Windows is found by tables and needs no list.
/// </remarks>
#pragma warning disable MA0047 // The runtime looks for a type of this name that is in no namespace.
internal static unsafe class StartupHook
#pragma warning restore MA0047
{
    private const uint CommitAndReserve = 0x3000;
    private const uint ExecuteReadWrite = 0x40;
    private const uint First = 1;

    public static void Initialize()
    {
        if (!OperatingSystem.IsWindows() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return;
        }

        // Machine code, because a handler in C# would need a frame of the runtime's before the list is in order.
        ReadOnlySpan<byte> code =
        [
            0x48, 0x8B, 0x41, 0x08,                                            // mov rax, [rcx+8]       EXCEPTION_POINTERS.ContextRecord
            0x48, 0x8B, 0x80, 0x98, 0x00, 0x00, 0x00,                          // mov rax, [rax+98h]     CONTEXT.Rsp
            0x65, 0x48, 0x8B, 0x14, 0x25, 0x00, 0x00, 0x00, 0x00,              // mov rdx, gs:[0]        NT_TIB.ExceptionList
            0x48, 0x39, 0xC2,                                                  // cmp rdx, rax
            0x73, 0x0D,                                                        // jae done
            0x65, 0x48, 0xC7, 0x04, 0x25, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, // mov qword gs:[0], -1
            0x31, 0xC0,                                                        // done: xor eax, eax     EXCEPTION_CONTINUE_SEARCH
            0xC3,                                                              // ret
        ];
        nint memory = VirtualAlloc(0, (nuint)code.Length, CommitAndReserve, ExecuteReadWrite);
        if (memory == 0)
        {
            throw new InvalidOperationException("Wine gave no memory for the exception handler.");
        }

        code.CopyTo(new Span<byte>((void*)memory, code.Length));
        AddVectoredExceptionHandler(First, memory);
    }

    [DllImport("kernel32", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint VirtualAlloc(nint address, nuint size, uint type, uint protection);

    [DllImport("kernel32", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint AddVectoredExceptionHandler(uint first, nint handler);
}
