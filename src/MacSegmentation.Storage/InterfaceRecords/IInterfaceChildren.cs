using MacSegmentation.InterfaceRecords;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.InterfaceRecords;

/// <summary>What a concept that is built on interface records keeps of them in tables of its own, and puts into the records that are read.</summary>
internal interface IInterfaceChildren
{
    /// <summary>Reads it for many records at once.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="first">The lowest number of a record.</param>
    /// <param name="last">The highest number of a record.</param>
    /// <returns>What adds to a record between them that belongs to it.</returns>
    Func<MacInterface, MacInterface> Read(SqlConnection connection, long first, long last);
}
