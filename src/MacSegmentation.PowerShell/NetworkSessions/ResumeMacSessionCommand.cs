using System.Management.Automation;

namespace MacSegmentation.NetworkSessions;

/// <summary>Resumes sessions: the ports of their instances have their profiles again.</summary>
[Cmdlet(VerbsLifecycle.Resume, "MacSession", SupportsShouldProcess = true)]
[OutputType(typeof(MacSession))]
public sealed class ResumeMacSessionCommand() : SessionStateCmdlet(NetworkSessions.SessionState.Running, "Give the ports of its instances their profiles back");
