namespace MacSegmentation.ProviderRuntime;

/// <summary>Why a service should not be sent devices now.</summary>
/// <param name="ErrorId">Stable id in PascalCase.</param>
/// <param name="Sentence">A sentence for whoever asks; it names no file and no host.</param>
public sealed record ServiceTrouble(string ErrorId, string Sentence);
