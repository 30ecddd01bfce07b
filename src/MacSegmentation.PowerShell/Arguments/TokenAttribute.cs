using System.Management.Automation;
using System.Security;

namespace MacSegmentation.Arguments;

/// <summary>The argument is a secret, as a secure string or as text.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TokenAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if ((inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is not string text)
        {
            return inputData;
        }

        var secret = new SecureString();
        foreach (char sign in text)
        {
            secret.AppendChar(sign);
        }

        secret.MakeReadOnly();
        return secret;
    }
}
