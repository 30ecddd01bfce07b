using FsCheck;
using FsCheck.Fluent;

namespace MacSegmentation;

/// <summary>Runs a property with FsCheck; a failure prints the smallest counter-example and the seed.</summary>
internal static class Property
{
    public static void Holds<T>(Gen<T> cases, Action<T> property, int count = 200) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(count), Prop.ForAll(cases.ToArbitrary(), property));
}
