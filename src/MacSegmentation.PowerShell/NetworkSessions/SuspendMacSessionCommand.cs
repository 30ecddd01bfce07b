using System.Management.Automation;

namespace MacSegmentation.NetworkSessions;

/// <summary>Suspends sessions: their instances keep addresses and records, and their ports have no profile.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "MacSession", SupportsShouldProcess = true)]
[OutputType(typeof(MacSession))]
public sealed class SuspendMacSessionCommand() : SessionStateCmdlet(NetworkSessions.SessionState.Suspended, "Take the profiles off the ports of its instances");
