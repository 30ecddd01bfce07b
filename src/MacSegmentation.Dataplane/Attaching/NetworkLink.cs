namespace MacSegmentation.Attaching;

/// <summary>A link of the host.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Alias">Its alias (ifalias); empty for none.</param>
/// <param name="Group">Its group; 0 for the one that all are in.</param>
internal sealed record NetworkLink(int Index, string Name, string Alias, uint Group);
