namespace MacSegmentation.Output;

/// <summary>A column of a listing.</summary>
/// <param name="Name">Its heading, in one word; in JSON the member's name, beginning with a small letter.</param>
/// <param name="Value">What stands in it: a text, a number or nothing.</param>
internal readonly record struct Column<T>(string Name, Func<T, object?> Value);
