using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Handles;

/// <summary>A cmdlet that does something for each handle, or for the clone of it that an instance is.</summary>
/// <typeparam name="TItem">What a record asks for.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
public abstract class HandleCmdlet<TItem, TResult> : GroupCommitCmdlet<TItem, TResult>
{
    private string instanceId = string.Empty;

    /// <summary>The handles: world-wide unique names of devices.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(HandleCompleter))]
    public string[] Handle { get; set; } = [];

    /// <summary>The instance that shows the handle; none for the handle itself.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("VMName", "VMId")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InstanceIdCompleter))]
    public string InstanceId
    {
        get => instanceId;
        set => instanceId = value ?? string.Empty;
    }
}
