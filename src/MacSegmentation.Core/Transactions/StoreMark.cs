namespace MacSegmentation.Transactions;

/// <summary>
/// A revision as one of a store's: its number, and the token that its change drew. A store may come to one number twice, when a server fell back or a file was
/// replaced by an older copy; it does not come to one token twice.
/// </summary>
/// <param name="Revision">The number; 0 before the first change.</param>
/// <param name="Token">The token in hexadecimal digits; the store's identity before the first change, and for a change of a version that drew none.</param>
public sealed record StoreMark(long Revision, string Token);
