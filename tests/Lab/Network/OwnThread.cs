using System.Runtime.ExceptionServices;

namespace MacSegmentation.Lab.Network;

/// <summary>Runs something on a thread of its own, which may change what it is and is thrown away.</summary>
public static class OwnThread
{
    /// <summary>Runs and waits; an exception comes back to the caller.</summary>
    public static T Run<T>(Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = work();
            }
            catch (Exception thrown)
            {
                failure = ExceptionDispatchInfo.Capture(thrown);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }

    /// <summary>Runs something as a user without any right.</summary>
    public static T RunWithoutRights<T>(Func<T> work) => Run(() =>
    {
        const int nobody = 65534;
        return NativeNamespace.Call(NativeNamespace.SetResourceUser, -1, nobody, -1) == 0
            ? work()
            : throw new InvalidOperationException("The thread could not give up its rights.");
    });
}
