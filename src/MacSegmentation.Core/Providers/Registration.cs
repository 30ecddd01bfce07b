using MacSegmentation.Handles;

namespace MacSegmentation.Providers;

/// <summary>The shared store's answer to what a provider did.</summary>
/// <param name="Outcome">Whether it holds.</param>
/// <param name="Record">The handle as the shared store has it; null if it was refused.</param>
internal readonly record struct Registration(RegistrationOutcome Outcome, MacHandle? Record);
