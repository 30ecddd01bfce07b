using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Loading;
using MacSegmentation.Stores;

namespace MacSegmentation.Merging;

/// <summary>Says, before two enterprises or sites are joined, in what their stores collide.</summary>
[Cmdlet(VerbsData.Compare, "MacStore")]
[OutputType(typeof(MacStoreCollision))]
public sealed class CompareMacStoreCommand : StoreCmdlet
{
    /// <summary>The file of the second store; the session's store if nothing is said of it.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string? DifferencePath { get; set; }

    /// <summary>Where the second store is, if it is in PostgreSQL.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? DifferenceConnectionString { get; set; }

    /// <summary>The file of the first store; the session's store if nothing is said of it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReferencePath { get; set; }

    /// <summary>Where the first store is, if it is in PostgreSQL.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? ReferenceConnectionString { get; set; }

    /// <summary>Only collisions of these kinds.</summary>
    [Parameter]
    [Choice<StoreCollisionKind>(IsList = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<StoreCollisionKind>))]
    public StoreCollisionKind[]? Kind { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var here = Options("Reference", ReferencePath, ReferenceConnectionString);
            var there = Options("Difference", DifferencePath, DifferenceConnectionString);
            var known = here is null || there is null ? Store : null;
            if (here is null && there is null)
            {
                throw new MacSegmentationException(
                    "StoreNotNamed", MacErrorKind.InvalidArgument, "A store is compared with another. Name one with -DifferencePath or -DifferenceConnectionString.");
            }

            var collisions = Await(() => Compare(here, there, known), "Comparing stores");
            WriteObject(Kind is null ? collisions : collisions.Where(collision => Kind.Contains(collision.Kind)), enumerateCollection: true);
        }
        catch (MacSegmentationException error)
        {
            WriteError(error.ToRecord());
        }
    }

    private static IReadOnlyList<MacStoreCollision> Compare(MacStoreOptions? here, MacStoreOptions? there, IMacStore? known)
    {
        using var openedHere = here is null ? null : DependencyContext.Stores.OpenToRead(here);
        using var openedThere = there is null ? null : DependencyContext.Stores.OpenToRead(there);
        var first = openedHere ?? known!;
        var second = openedThere ?? known!;
        return string.Equals(first.Info.Path, second.Info.Path, StringComparison.Ordinal)
            ? throw new MacSegmentationException(
                "StoreSame", MacErrorKind.InvalidArgument, $"{first.Info.Path} is on both sides. Name two stores, or connect to the one and name the other.", first.Info.Path)
            : first.Read(mine => second.Read(other => StoreComparison.Compare(mine, other)));
    }

    private MacStoreOptions? Options(string side, string? path, string? connectionString) => (path, connectionString) switch
    {
        (null, null) => null,
        (not null, not null) => throw new MacSegmentationException(
            "StoreNamedTwice", MacErrorKind.InvalidArgument, $"-{side}Path and -{side}ConnectionString both name the same side. Give one of them.", path),
        (not null, null) => new MacStoreOptions { Path = this.ResolveFile(path), MustExist = true },
        _ => new MacStoreOptions { ConnectionString = connectionString, MustExist = true },
    };
}
