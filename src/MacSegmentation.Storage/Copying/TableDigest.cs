using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Copying;

/// <summary>A digest of rows in their order, the same for every kind of database.</summary>
internal sealed class TableDigest : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] buffer = new byte[512];
    private int used;

    /// <summary>Number of rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds a row. What it holds is told apart by kind and length, so that no two rows look alike.</summary>
    public void Add(StoreTable table, SqlStatement row)
    {
        used = 0;
        for (int column = 0; column < table.Columns.Count; column++)
        {
            if (row.IsNull(column))
            {
                Reserve(1)[0] = (byte)'-';
                continue;
            }

            switch (table.Columns[column].Kind)
            {
                case StoreColumnKind.Number:
                    var number = Reserve(1 + sizeof(long));
                    number[0] = (byte)'n';
                    BinaryPrimitives.WriteInt64BigEndian(number[1..], row.Number(column));
                    break;
                case StoreColumnKind.Text:
                    string text = row.Text(column);
                    AddBytes((byte)'t', Encoding.UTF8.GetByteCount(text), octets => Encoding.UTF8.GetBytes(text, octets));
                    break;
                default:
                    byte[] bytes = row.Bytes(column).ToArray();
                    AddBytes((byte)'b', bytes.Length, bytes.CopyTo);
                    break;
            }
        }

        hash.AppendData(buffer, 0, used);
        Rows++;
    }

    /// <summary>The digest of all rows so far.</summary>
    public string Complete() => Convert.ToHexStringLower(hash.GetHashAndReset());

    public void Dispose() => hash.Dispose();

    private void AddBytes(byte kind, int length, OctetWriter write)
    {
        var octets = Reserve(1 + sizeof(int) + length);
        octets[0] = kind;
        BinaryPrimitives.WriteInt32BigEndian(octets[1..], length);
        write(octets[(1 + sizeof(int))..]);
    }

    private Span<byte> Reserve(int length)
    {
        if (used + length > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, used + length));
        }

        used += length;
        return buffer.AsSpan(used - length, length);
    }

    private delegate void OctetWriter(Span<byte> octets);
}
