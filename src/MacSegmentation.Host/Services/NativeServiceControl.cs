#pragma warning disable SYSLIB1054 // Sources are generated with unsafe code, which this project does without.
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace MacSegmentation.Services;

/// <summary>The functions of advapi32.dll.</summary>
[SupportedOSPlatform("windows")]
internal sealed class NativeServiceControl : IServiceControl
{
    private const uint OwnProcess = 0x10;
    private const uint ServiceSpecificError = 1066;

    // Windows calls these as long as the service lives.
    private ServiceMain? main;
    private ControlHandler? handler;
    private nint handle;

    private delegate void ServiceMain(uint count, nint arguments);

    private delegate uint ControlHandler(uint control, uint eventType, nint eventData, nint context);

    /// <inheritdoc/>
    public int Dispatch(string name, Action main)
    {
        this.main = (_, _) => main();
        nint text = Marshal.StringToHGlobalUni(name);
        try
        {
            TableEntry[] table = [new TableEntry { Name = text, Main = Marshal.GetFunctionPointerForDelegate(this.main) }, default];
            return StartServiceCtrlDispatcher(table) ? 0 : Marshal.GetLastPInvokeError();
        }
        finally
        {
            Marshal.FreeHGlobal(text);
        }
    }

    /// <inheritdoc/>
    public void Register(string name, Func<uint, uint> handle)
    {
        handler = (control, _, _, _) => handle(control);
        this.handle = RegisterServiceCtrlHandlerEx(name, handler, context: 0);
        if (this.handle == 0)
        {
            throw new System.ComponentModel.Win32Exception();
        }
    }

    /// <inheritdoc/>
    public void SetStatus(ServiceStatus status)
    {
        var native = new NativeStatus
        {
            Type = OwnProcess,
            State = (uint)status.State,
            Controls = status.Controls,
            ExitCode = status.ExitCode == 0 ? 0 : ServiceSpecificError,
            SpecificExitCode = status.ExitCode,
            WaitHint = (uint)status.WaitHint.TotalMilliseconds,
        };
        _ = SetServiceStatus(handle, ref native);
    }

    [DllImport("advapi32", EntryPoint = "StartServiceCtrlDispatcherW", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool StartServiceCtrlDispatcher(TableEntry[] table);

    [DllImport("advapi32", EntryPoint = "RegisterServiceCtrlHandlerExW", SetLastError = true, CharSet = CharSet.Unicode)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint RegisterServiceCtrlHandlerEx(string name, ControlHandler handler, nint context);

    [DllImport("advapi32", EntryPoint = "SetServiceStatus", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetServiceStatus(nint handle, ref NativeStatus status);

    private struct TableEntry
    {
        public nint Name;
        public nint Main;
    }

    private struct NativeStatus
    {
        public uint Type;
        public uint State;
        public uint Controls;
        public uint ExitCode;
        public uint SpecificExitCode;
        public uint CheckPoint;
        public uint WaitHint;
    }
}
