using MacSegmentation.Addressing;
using MacSegmentation.Blocks;
using MacSegmentation.Clients;
using MacSegmentation.Handles;
using MacSegmentation.Providers;

namespace MacSegmentation.Stores.Contract;

/// <summary>The changes of handles, providers and blocks among the random ones, drawn from the same numbers: few handles, few addresses.</summary>
internal static class RandomHandleStep
{
    public const int Kinds = 11;

    private static readonly string[] Handles = ["urn:wwn:50:06:01:60:3B:A0:11:22", "500601603BA01122", "https://Host/A", "https://host/a", "\u00e4/\u4e2d", "Z"];
    private static readonly string[] Providers = ["site-a", "SITE-A", "site-b", "\u00fc"];

    private static readonly HandleParty[] Parties =
    [
        HandleParty.Administrator, HandleParty.Administrator, HandleParty.Of("site-a") with { Quota = 3 }, HandleParty.Of("\u00fc") with { Group = "Plant" }, HandleParty.Of("b") with { Group = "PLANT" },
    ];

    public static string Apply(IStoreWriter writer, int kind, RandomStep step)
    {
        var handle = DeviceHandle.Parse(Handles[step.Order % Handles.Length]);
        string provider = Providers[step.Instance];
        return kind switch
        {
            0 or 1 or 2 => HandleRegistry.Request(writer, Request(handle, step), step.Flag ? provider : string.Empty).ToString(),
            3 => HandleRegistry.Release(writer, handle, Instance(step), Parties[step.Slot % Parties.Length]).ToString(),
            4 => HandleRegistry.Revoke(writer, handle, $"reason {step.Slot}", TimeSpan.FromSeconds(step.Slot), Instance(step)).ToString(),
            5 => step.Flag ? ProviderCatalog.Create(writer, new MacProvider { Name = provider, LowWater = step.Slot }).ToString() : ProviderCatalog.Remove(writer, provider).ToString(),
            6 => string.Join("; ", BlockCatalog.Grant(writer, provider, step.Vlan, step.Order + 1)),
            7 => (step.Flag ? BlockCatalog.Recall(writer, AnyBlock(writer, step), freeOnly: step.Order > 2) : BlockCatalog.Close(writer, AnyBlock(writer, step))).ToString(),
            8 => TakeReturn(writer, step),
            9 => step.Flag ? $"{ProviderClientCatalog.Create(writer, provider, [step.Vlan], out _).Name}" : ProviderClientCatalog.Remove(writer, provider).Name,
            _ => Note(writer, step),
        };
    }

    private static HandleRequest Request(DeviceHandle handle, RandomStep step) => new()
    {
        Handle = handle,
        VlanId = step.Vlan,
        RequestedAddress = step.Slot % 3 == 0 ? step.Address : null,
        AllowSubstitute = step.Slot % 2 == 0,
        InstanceId = Instance(step),
        Party = Parties[step.Order % Parties.Length],
        Intent = Instance(step).Length == 0 ? HandleIntent.None : (HandleIntent)(step.Slot % 3),
    };

    private static string Instance(RandomStep step) => step.Slot % 4 == 0 ? string.Empty : RandomStep.Instances[step.Instance];

    private static long AnyBlock(IStoreReader reader, RandomStep step) => reader.ListBlocks() is { Count: > 0 } blocks ? blocks[step.Slot % blocks.Count].BlockId : 0;

    private static string TakeReturn(IStoreWriter writer, RandomStep step)
    {
        if (writer.FindBlock(AnyBlock(writer, step)) is not { } block)
        {
            return "none";
        }

        var kept = step.Flag && block.Size > 1 ? new[] { new MacRange(block.Range.First, block.Range.First) } : [];
        return string.Join("; ", BlockCatalog.TakeReturn(writer, block, kept) ?? []);
    }

    /// <summary>Notes of a provider's own are no changes: the revision stays.</summary>
    private static string Note(IStoreWriter writer, RandomStep step)
    {
        if (writer.ListHandles() is { Count: > 0 } handles)
        {
            var handle = handles[step.Slot % handles.Count];
            writer.MarkHandleReported(handle.HandleId, step.Flag ? handle.Revision : handle.Revision - 1);
        }

        if (step.Slot % 5 == 0)
        {
            writer.MarkHandlesUnreported(Providers[step.Instance]);
        }

        if (writer.FindProvider(Providers[step.Instance]) is { } provider)
        {
            writer.UpdateProvider(provider with { SeenAt = writer.Now, Uri = $"https://{step.Slot}", ReplicaId = $"{step.Order}", Generation = $"{step.Slot}" });
        }

        return "noted";
    }
}
