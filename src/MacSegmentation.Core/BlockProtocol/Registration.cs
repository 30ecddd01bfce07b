using MacSegmentation.Addressing;
using MacSegmentation.Handles;

namespace MacSegmentation.BlockProtocol;

/// <summary>The shared store's answer to what a provider did.</summary>
/// <param name="Outcome">Whether it holds.</param>
/// <param name="Record">The handle as the shared store has it; null if it was refused.</param>
internal readonly record struct Registration(RegistrationOutcome Outcome, MacHandle? Record)
{
    /// <summary>True if the shared store has it as it was told. It may have taken the same address in from elsewhere, or remember another one that the handle had.</summary>
    /// <param name="told">The handle as the provider has it.</param>
    public bool IsAsReported(MacHandle told) => Outcome is RegistrationOutcome.Accepted
        && (Record is null || (Record.State == told.State
            && Record.MacAddress == told.MacAddress
            && (told.State is not HandleState.Held || (Record.AssignedAt == told.AssignedAt && Record.Assignment == told.Assignment && string.Equals(Record.Provider, told.Provider, StringComparison.OrdinalIgnoreCase)))));
}
