using MacSegmentation.InterfaceRecords;
using MacSegmentation.Profiles;
using MacSegmentation.Units;

namespace MacSegmentation.Stores.Contract;

/// <summary>The changes of vNIC profiles among the random ones, and of the records that have them.</summary>
internal static class RandomProfileStep
{
    private static readonly string[] Names = ["dsl", "DSL", "lte", "\u00fc", "\u00dc"];

    public static string Apply(IStoreWriter writer, int kind, RandomStep step)
    {
        string name = Names[step.Order % Names.Length];
        return kind switch
        {
            0 => ProfileCatalog.Create(writer, ProfilePresets.All[step.Slot % ProfilePresets.All.Count] with { Name = name, Priority = step.Flag ? step.Slot : null }).ToString(),
            1 => ProfileCatalog.Change(writer, name, profile => profile with { Egress = profile.Ingress, Ingress = profile.Ingress with { Bandwidth = new BitRate(1000L * step.Slot) } }).ToString(),
            2 => ProfileCatalog.Remove(writer, name, step.Flag, step.Instance == 0 ? Names[step.Slot % Names.Length] : null).ToString(),
            _ => StoreDescription.Of(InterfaceCatalog.Change(
                writer,
                writer.ListInterfaces() is { Count: > 0 } records ? records[step.Slot % records.Count].Name : "nobody",
                new InterfaceChange { Profile = step.Slot % 4 == 0 ? string.Empty : writer.ListProfiles() is [var first, ..] && step.Flag ? first.Name.ToLowerInvariant() : name })),
        };
    }
}
