using MacSegmentation.Errors;

namespace MacSegmentation.Stores;

/// <summary>What became of one item of a group.</summary>
/// <param name="Item">The item.</param>
/// <param name="Result">What its change returned, if it succeeded.</param>
/// <param name="Error">Why it changed nothing, if it failed.</param>
public readonly record struct ItemOutcome<TItem, TResult>(TItem Item, TResult? Result, MacSegmentationException? Error);
