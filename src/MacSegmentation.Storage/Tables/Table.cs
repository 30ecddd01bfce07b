using System.Runtime.CompilerServices;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Tables;

/// <summary>
/// A table of records: its columns stand here once, and every statement about it is made from them, once for the program. A property that is added to a record is one line.
/// </summary>
/// <typeparam name="T">The record.</typeparam>
internal sealed class Table<T> : IFollowedTable
    where T : class
{
    private readonly string name;
    private readonly Func<T> create;
    private readonly Column<T>[] columns;
    private readonly Column<T>[] read;
    private readonly Column<T>[] inserted;
    private readonly Column<T>[] updated;
    private readonly string key;
    private readonly string select;
    private readonly string insert;
    private readonly string insertGivingKey;
    private readonly string update;
    private readonly string delete;

    /// <summary>The table.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="create">Makes an empty record, which a row then fills.</param>
    /// <param name="columns">Its columns.</param>
    public Table(string name, Func<T> create, params Column<T>[] columns)
        : this(name, string.Empty, create, columns)
    {
    }

    /// <summary>The table, read together with others.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="join">The others, as a query names them after it.</param>
    /// <param name="create">Makes an empty record, which a row then fills.</param>
    /// <param name="columns">Its columns.</param>
    public Table(string name, string join, Func<T> create, params Column<T>[] columns)
    {
        this.name = name;
        this.create = create;
        this.columns = columns;
        read = [.. columns.Where(column => column.Selected.Count > 0)];
        inserted = [.. columns.Where(column => column.Written.Count > 0 && column.Use is not ColumnUse.GivenKey)];
        updated = [.. columns.Where(column => column.Written.Count > 0 && column.Use is ColumnUse.Always)];
        key = columns.FirstOrDefault(column => column.Use is ColumnUse.Key or ColumnUse.GivenKey)?.Written[0] ?? string.Empty;
        Width = read.Sum(column => column.Selected.Count);
        Read = ReadRow;
        select = $"FROM {name}{(join.Length > 0 ? $" {join}" : string.Empty)}";
        insert = Insertion(inserted);
        insertGivingKey = Insertion([.. inserted, .. columns.Where(column => column.Use is ColumnUse.GivenKey)]);
        update = $"UPDATE {name} SET {string.Join(", ", updated.SelectMany(column => column.Written.Select(written => $"{written} = {column.Value}")))} WHERE {key} = ?";
        delete = $"DELETE FROM {name} WHERE {key} = ?";
        InsertReturningKey = $"{insert} RETURNING {key}";
    }

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns => [.. columns.SelectMany(column => column.Written)];

    /// <inheritdoc/>
    public bool IsQuiet { get; init; }

    /// <inheritdoc/>
    public string? Tombstones { get; init; }

    /// <summary>What a tombstone keeps of a row beside the revision: its key first.</summary>
    public IReadOnlyList<string> TombstoneColumns { get; init; } = [];

    /// <summary>Number of columns that a record is read from; what a query asks for beside them comes after.</summary>
    public int Width { get; }

    /// <summary>Reads a record from the present row.</summary>
    public Func<SqlStatement, T> Read { get; }

    private string InsertReturningKey { get; }

    /// <summary>The text of a query for records. Kept by whoever asks: statements are known by their text's identity.</summary>
    /// <param name="rest">What follows the table, such as <c>WHERE name_key = ?</c>.</param>
    /// <param name="more">What is asked for beside the record.</param>
    public string Select(string rest = "", params string[] more) =>
        $"SELECT {string.Join(", ", read.SelectMany(column => column.Selected).Concat(more))} {select}{(rest.Length > 0 ? $" {rest}" : string.Empty)}";

    /// <summary>Writes a new record whose key the program gives, or nobody has to know.</summary>
    public void Insert(ISqlChange change, T record) => BindAll(change.Connection.Prepare(insert), inserted, record, change).Run();

    /// <summary>Writes a new record with the number that it has from elsewhere.</summary>
    public void InsertNumbered(ISqlChange change, T record)
    {
        var statement = BindAll(change.Connection.Prepare(insertGivingKey), inserted, record, change);
        int place = 1 + inserted.Sum(column => column.Written.Count);
        Key.Bind(statement, place, record, change);
        statement.Run();
    }

    /// <summary>Writes a new record.</summary>
    /// <returns>The number that the database gave it.</returns>
    public long InsertNew(ISqlChange change, T record) => BindAll(change.Connection.Prepare(InsertReturningKey), inserted, record, change).Scalar();

    /// <summary>Writes a record anew, by its key.</summary>
    public void Update(ISqlChange change, T record)
    {
        var statement = BindAll(change.Connection.Prepare(update), updated, record, change);
        Key.Bind(statement, 1 + updated.Sum(column => column.Written.Count), record, change);
        statement.Run();
    }

    /// <summary>Removes a record. It leaves a tombstone, if its table does.</summary>
    public void Delete(ISqlChange change, long id)
    {
        if (Tombstones is not null)
        {
            LeaveTombstone(change, TombstoneOfKey, id);
        }

        change.Connection.Prepare(delete).Bind(1, id).Run();
    }

    /// <summary>Leaves the tombstones of rows that are about to go.</summary>
    /// <param name="change">The transaction.</param>
    /// <param name="statement">What <see cref="TombstoneWhere"/> made.</param>
    /// <param name="value">The parameter of its condition.</param>
    public static void LeaveTombstone(ISqlChange change, string statement, long value)
    {
        change.Connection.Prepare(statement).Bind(1, change.NewRevision).Bind(2, value).Run();
        change.NoteTombstone();
    }

    /// <summary>The text of a statement that leaves the tombstones of rows, those of a condition with one parameter.</summary>
    public string TombstoneWhere(string condition)
    {
        string kept = string.Join(", ", TombstoneColumns);
        return $"INSERT INTO {Tombstones} (revision, {kept}) SELECT ?, {kept} FROM {name} WHERE {condition}";
    }

    private Column<T> Key => field ??= columns.First(column => column.Use is ColumnUse.Key or ColumnUse.GivenKey);

    private string TombstoneOfKey => field ??= TombstoneWhere($"{key} = ?");

    private string Insertion(IReadOnlyList<Column<T>> written) =>
        $"INSERT INTO {name} ({string.Join(", ", written.SelectMany(column => column.Written))}) VALUES ({string.Join(", ", written.SelectMany(column => column.Written.Select(_ => column.Value)))})";

    private static SqlStatement BindAll(SqlStatement statement, Column<T>[] written, T record, ISqlChange change)
    {
        int place = 1;
        foreach (var column in written)
        {
            column.Bind(statement, place, record, change);
            place += column.Written.Count;
        }

        return statement;
    }

    private T ReadRow(SqlStatement row)
    {
        var record = create();
        int place = 0;
        foreach (var column in read)
        {
            column.Read(row, place, record);
            place += column.Selected.Count;
        }

        return record;
    }

    /// <summary>The number that the database gives a record.</summary>
    public static Column<T> GivenKey(string column, Func<T, long> property, [CallerArgumentExpression(nameof(property))] string text = "") =>
        new PropertyColumn<T, long>(ColumnTypes.Number, property, text) { Selected = [column], Written = [column], Use = ColumnUse.GivenKey };

    /// <summary>What names a record, and the program gives.</summary>
    public static Column<T> NaturalKey<TValue>(string column, ColumnType<TValue> type, Func<T, TValue> property, [CallerArgumentExpression(nameof(property))] string text = "") =>
        new PropertyColumn<T, TValue>(type, property, text) { Selected = [column], Written = [column], Use = ColumnUse.Key };

    /// <summary>A property in a column of its own.</summary>
    public static Column<T> Property<TValue>(
        string column, ColumnType<TValue> type, Func<T, TValue> property, ColumnUse use = ColumnUse.Always, [CallerArgumentExpression(nameof(property))] string text = "") =>
        new PropertyColumn<T, TValue>(type, property, text) { Selected = [column], Written = [column], Use = use };

    /// <summary>A property in two columns.</summary>
    public static Column<T> Property<TValue>(
        string first, string second, ColumnType<TValue> type, Func<T, TValue> property, [CallerArgumentExpression(nameof(property))] string text = "") =>
        new PropertyColumn<T, TValue>(type, property, text) { Selected = [first, second], Written = [first, second] };

    /// <summary>A property in three columns.</summary>
    public static Column<T> Property<TValue>(
        string first, string second, string third, ColumnType<TValue> type, Func<T, TValue> property, [CallerArgumentExpression(nameof(property))] string text = "") =>
        new PropertyColumn<T, TValue>(type, property, text) { Selected = [first, second, third], Written = [first, second, third] };

    /// <summary>A property that another row has: it is read from there, and written as that row's number.</summary>
    /// <param name="column">The column with the number.</param>
    /// <param name="selected">What is read.</param>
    /// <param name="value">What finds the number, with a parameter in it.</param>
    /// <param name="type">How the parameter is written.</param>
    /// <param name="property">The property.</param>
    /// <param name="use">When it is written.</param>
    /// <param name="text">How the property is written in the program.</param>
    public static Column<T> Reference<TValue>(
        string column,
        string selected,
        string value,
        ColumnType<TValue> type,
        Func<T, TValue> property,
        ColumnUse use = ColumnUse.Always,
        [CallerArgumentExpression(nameof(property))] string text = "") =>
        new PropertyColumn<T, TValue>(type, property, text) { Selected = [selected], Written = [column], Value = value, Use = use };

    /// <summary>A property that is only read.</summary>
    public static Column<T> ReadOnly<TValue>(string selected, ColumnType<TValue> type, Func<T, TValue> property, [CallerArgumentExpression(nameof(property))] string text = "") =>
        new PropertyColumn<T, TValue>(type, property, text) { Selected = [selected] };

    /// <summary>What follows from the record and is only written.</summary>
    public static Column<T> WriteOnly<TValue>(string column, ColumnType<TValue> type, Func<T, TValue> value, ColumnUse use = ColumnUse.Always) =>
        new WrittenColumn<T, TValue>(type, (record, _) => value(record)) { Written = [column], Use = use };

    /// <summary>The revision of the last change, or of the first: by it a reader of snapshots asks for what is new.</summary>
    public static Column<T> Revision(string column = "revision", ColumnUse use = ColumnUse.Always) =>
        new WrittenColumn<T, long>(ColumnTypes.Number, static (_, change) => change.NewRevision) { Written = [column], Use = use };
}
