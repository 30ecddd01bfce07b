using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Errors;

namespace MacSegmentation.Services;

/// <summary>Stops services and takes them away.</summary>
[Cmdlet(VerbsLifecycle.Uninstall, "MacService", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class UninstallMacServiceCommand : ServiceCmdlet
{
    /// <summary>The services.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Named]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Does not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            if (List().FirstOrDefault(service => string.Equals(service.Name, name, StringComparison.OrdinalIgnoreCase)) is not { } found)
            {
                WriteError(new MacSegmentationException("ServiceNotFound", MacErrorKind.NotFound, $"There is no service '{name}'. List them with Get-MacService.", name).ToRecord());
                continue;
            }

            bool asks = !Force || MyInvocation.BoundParameters.ContainsKey("WhatIf") || MyInvocation.BoundParameters.ContainsKey("Confirm");
            if (asks && !ShouldProcess($"Service '{found.Name}' ({found.ServiceName})", "Stop and remove"))
            {
                continue;
            }

            Remove(found);
        }
    }

    private void Remove(MacService service)
    {
        if (service.Path.Length == 0)
        {
            string quoted = ServiceDefinition.PowerShellQuote(service.ServiceName);
            InvokeCommand.InvokeScript($"sc.exe stop {quoted} | Out-Null; sc.exe delete {quoted} | Out-Null");
            return;
        }

        bool isHosts = Destination is null;
        if (isHosts)
        {
            Systemctl("disable", "--now", service.ServiceName);
        }

        try
        {
            File.Delete(service.Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            WriteError(new MacSegmentationException("ServiceNotRemoved", MacErrorKind.PermissionDenied, $"{service.Path} cannot be removed: {error.Message.TrimEnd('.')}. Run this as root.", service, error).ToRecord());
            return;
        }

        if (isHosts)
        {
            Systemctl("daemon-reload");
        }
    }
}
