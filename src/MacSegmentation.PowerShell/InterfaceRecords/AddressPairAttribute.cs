using System.Collections;
using System.Globalization;
using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;

namespace MacSegmentation.InterfaceRecords;

/// <summary>
/// The argument is an address pair: as an object, as what is left of one behind a file or a job, or as a row with the properties Interface or InterfaceName, IPAddress and
/// perhaps MacAddress. An interface record is none, although it has addresses: it has no interface.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AddressPairAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether a pair without a MAC address of its own is the one with the address that the record had: to find it, where a new one follows the record.</summary>
    public bool WithRecordAddress { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            AddressPairRequest => value,
            MacAddressPair pair => new AddressPairRequest(pair.InterfaceName, pair.IPAddress.ToString(), pair.HasOwnMacAddress || WithRecordAddress ? pair.MacAddress : null),
            IEnumerable several and not string and not IDictionary => several.Cast<object?>().Select(one => Transform(engineIntrinsics, one)).ToArray(),
            _ => FromRow(PSObject.AsPSObject(inputData ?? string.Empty)),
        };
    }

    private AddressPairRequest FromRow(PSObject row)
    {
        string name = Text(row, "InterfaceName") is { Length: > 0 } full ? full : Text(row, "Interface");
        string address = Text(row, "IPAddress");
        if (name.Length == 0 || row.Properties["IPAddress"] is null)
        {
            const string message = "An address pair has the properties InterfaceName (or Interface) and IPAddress.";
            throw new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
        }

        // What follows the record's address says so, where it was written by Get-MacAddressPair.
        string own = !WithRecordAddress && row.Properties["HasOwnMacAddress"] is { } hasOwn && !LanguagePrimitives.IsTrue(bool.TryParse($"{hasOwn.Value}", out bool parsed) ? parsed : hasOwn.Value)
            ? string.Empty
            : Text(row, "MacAddress");
        try
        {
            return new AddressPairRequest(name, address, own.Length == 0 ? null : MacAddress.Parse(own, CultureInfo.InvariantCulture));
        }
        catch (FormatException error)
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }

    private static string Text(PSObject row, string property)
    {
        object? value = row.Properties[property]?.Value;
        return value is null ? string.Empty : ValueText.Of(value) ?? throw ElementTransformationAttribute.NoValue(value);
    }
}
