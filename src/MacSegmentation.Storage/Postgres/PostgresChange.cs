using MacSegmentation.Stores.Sessions;
using MacSegmentation.Stores.Sql;
using Npgsql;

namespace MacSegmentation.Stores.Postgres;

/// <summary>
/// One change, tried until it has happened once. A connection that breaks before the commit was sent has changed nothing. One that breaks after
/// leaves it open: the token that the change wrote tells, as soon as the write lock is held again, when nothing of it can be under way any more. A
/// wait for the disk that fails after the commit leaves only open whether the change is durable, and is settled in the same way.
/// </summary>
/// <typeparam name="T">What the change yields.</typeparam>
internal sealed class PostgresChange<T>(Func<IStoreWriter, T> change, MacStoreOptions options, CancellationToken cancellation = default)
{
    private readonly byte[] token = SqlStoreWriter.DrawToken();
    private bool isInDoubt;
    private long revisionBefore;
    private T result = default!;

    /// <summary>Makes the change.</summary>
    /// <param name="place">The store.</param>
    /// <param name="retry">How long to try.</param>
    /// <param name="take">Yields a connection.</param>
    /// <param name="give">Takes it back, whatever its state.</param>
    public T Run(PostgresPlace place, PostgresRetry retry, Func<PostgresConnection> take, Action<PostgresConnection?> give)
    {
        while (true)
        {
            PostgresConnection? connection = null;
            try
            {
                connection = take();
                if (!isInDoubt || !HasHappened(connection))
                {
                    Try(connection);
                }

                return result;
            }
            catch (OperationCanceledException) when (!isInDoubt && cancellation.IsCancellationRequested)
            {
                throw;
            }
            catch (PostgresException error) when (!isInDoubt && cancellation.IsCancellationRequested && error.SqlState is PostgresErrorCodes.QueryCanceled)
            {
                // The request to stop met the commit, and came before it.
                throw new OperationCanceledException("The store was told to stop.", error, cancellation);
            }
            catch (Exception error) when ((isInDoubt || PostgresFailure.IsPassing(place, connection, error)) && retry.Wait())
            {
                // Once more, with another connection.
                connection?.Dispose();
            }
            catch (Exception error) when (isInDoubt)
            {
                throw PostgresFailure.OutcomeUnknown(place, error);
            }
            catch (Exception error) when (PostgresFailure.From(place, connection, error) is not null)
            {
                throw PostgresFailure.From(place, connection, error)!;
            }
            finally
            {
                give(connection);
            }
        }
    }

    private void Try(PostgresConnection connection)
    {
        isInDoubt = false;
        try
        {
            connection.BeginWrite();
            var writer = new PostgresStoreWriter(connection, options.TimeProvider, options.Actor, token);

            // What is told to stop from here on is stopped before the commit, which either happens or does not.
            result = connection.Stoppable(() => Make(connection, writer), cancellation);
        }
        catch
        {
            RollBack(connection);
            throw;
        }

        isInDoubt = connection.HasWritten;
        try
        {
            connection.Commit();
        }
        catch (PostgresException error) when (!PostgresConnection.IsOfFlush(error) && error.InvariantSeverity is not ("FATAL" or "PANIC"))
        {
            // The server itself says that the transaction has failed.
            isInDoubt = false;
            RollBack(connection);
            throw;
        }

        isInDoubt = false;
    }

    private T Make(PostgresConnection connection, PostgresStoreWriter writer)
    {
        var made = change(writer);
        if (connection.HasWritten)
        {
            writer.CompleteChange();
            revisionBefore = connection.Revision;
        }

        return made;
    }

    /// <summary>True if the change, whose commit was not answered, is in the store; then it is durable too.</summary>
    private bool HasHappened(PostgresConnection connection)
    {
        connection.BeginAlone();
        if (!PostgresStoreWriter.IsThere(connection, revisionBefore, token))
        {
            connection.RollBack();
            return false;
        }

        // A plain commit of anything is waited for, and with it all that was committed before.
        PostgresStoreWriter.InsertToken(connection, SqlStoreWriter.DrawToken(), StoredTime.Now(options.TimeProvider));
        connection.Commit();
        return true;
    }

    /// <summary>What went wrong before is what the caller hears of; a connection that cannot even roll back is not used again.</summary>
    private static void RollBack(PostgresConnection connection)
    {
        try
        {
            if (connection.IsOpen)
            {
                connection.RollBack();
            }
        }
#pragma warning disable CA1031 // See the summary.
        catch (Exception)
#pragma warning restore CA1031
        {
            connection.Dispose();
        }
    }
}
