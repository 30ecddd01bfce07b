namespace MacSegmentation.Auditing;

/// <summary>Records of any concept as they stand in the store, for whoever puts one back. What the tables themselves require is looked at before anything is written.</summary>
public interface IRecordWriter
{
    /// <summary>The record as it is; null if there is none.</summary>
    IReadOnlyDictionary<string, object?>? FindRecord(string table, string key) => null;

    /// <summary>Writes a record as it was: one that is gone anew, of one that is there the named columns.</summary>
    /// <param name="table">The table.</param>
    /// <param name="key">What names the record.</param>
    /// <param name="image">The record.</param>
    /// <param name="columns">The columns to write; null for all.</param>
    /// <returns>Why it cannot be, as the second half of a sentence; null if it is done.</returns>
    string? PutRecord(string table, string key, IReadOnlyDictionary<string, object?> image, IReadOnlyCollection<string>? columns) => "this store keeps no such records";

    /// <summary>Removes a record with all that refers to it.</summary>
    void DeleteRecord(string table, string key)
    {
    }
}
