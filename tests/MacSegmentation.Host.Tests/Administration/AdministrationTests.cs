using System.Text.Json;
using MacSegmentation.Captures;
using MacSegmentation.Processes;

namespace MacSegmentation.Administration;

/// <summary>Handles, providers, blocks and clients from the command line.</summary>
public sealed class AdministrationTests : IDisposable
{
    private const string Document = "docs/examples/cameras-and-plc.json";

    private readonly TemporaryFolder folder = new();
    private readonly string store;

    public AdministrationTests()
    {
        store = folder.File("lab.db");
        TestProgram.Native.Run("apply", Document, "--store", store).Succeeded();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_handle_gets_its_address_loses_it_and_gets_it_back()
    {
        const string handle = "urn:wwn:50:06:01:60:3b:a0:11:22";
        var first = One("handle", "request", "URN:WWN:500601603BA01122", "--vlan", "10", "--instance", "vm-1");
        Assert.Equal((handle, "New", "vm-1"), (Text(first, "handle"), Text(first, "outcome"), Text(first, "instanceId")));
        Assert.Equal("Existing", Text(One("handle", "request", handle, "--vlan", "10"), "outcome"));
        Refused("HandleLive", "handle", "request", handle, "--vlan", "10", "--instance", "vm-2");
        Assert.Equal("Copied", Text(One("handle", "request", handle, "--vlan", "10", "--instance", "vm-2", "--intent", "copy"), "outcome"));
        Assert.Equal(2, Run("handle", "list").RootElement.GetArrayLength());

        var revoked = One("handle", "revoke", handle, "--reason", "moved out", "--hold-down-time", "01:00:00");
        Assert.Equal(("Revoked", "moved out"), (Text(revoked, "state"), Text(revoked, "reason")));
        Refused("HandleNotHeld", "handle", "release", handle);
        var again = One("handle", "request", handle, "--vlan", "10");
        Assert.Equal((Text(first, "macAddress"), "Restored"), (Text(again, "macAddress"), Text(again, "outcome")));
        Assert.Contains("moved out", Text(again, "notice"), StringComparison.Ordinal);
        Assert.Equal("Released", Text(One("handle", "release", handle), "state"));
        Assert.Equal("Released", Text(One("handle", "list", handle), "state"));
    }

    [Theory]
    [InlineData("--hold-down-time", "3651")]
    [InlineData("--rest-time", "3650d")]
    [InlineData("--rest", "300")]
    public void A_hold_down_time_is_seconds_unless_it_names_its_unit(string option, string holdDown)
    {
        One("handle", "request", "urn:x:rest", "--vlan", "10");
        Refused("InvalidRestTime", "handle", "revoke", "urn:x:rest", option, "3651d");
        Assert.Equal("Revoked", Text(One("handle", "revoke", "urn:x:rest", option, holdDown), "state"));
    }

    [Fact]
    public void Blocks_go_to_providers_and_come_back()
    {
        Assert.Equal(30, One("provider", "create", "site-a", "--low-water", "30", "--block-size", "16").GetProperty("lowWater").GetInt32());
        Assert.Equal(10, One("provider", "change", "site-a", "--low-water", "10").GetProperty("lowWater").GetInt32());
        var block = One("block", "grant", "site-a", "--vlan", "10", "--count", "16");
        string number = block.GetProperty("blockId").GetInt64().ToString();
        Assert.Equal((16, "Active"), (block.GetProperty("size").GetInt64(), Text(block, "state")));
        Refused("ProviderInUse", "provider", "remove", "site-a");
        Assert.Equal("Recalled", Text(One("block", "revoke", number), "state"));
        Assert.Equal("Closed", Text(One("block", "revoke", number, "--force"), "state"));
        Assert.Equal(1, Run("block", "list", "--provider", "SITE-A").RootElement.GetArrayLength());
        Assert.Equal("site-a", Text(One("provider", "remove", "site-a"), "name"));
        Assert.Equal(0, Run("provider", "list").RootElement.GetArrayLength());
    }

    [Fact]
    public void A_client_sees_its_token_once()
    {
        string token = Text(One("client", "create", "cmdb", "--vlan", "10", "--vlan", "20"), "token");
        Assert.StartsWith("mps_", token, StringComparison.Ordinal);
        string listed = TestProgram.Native.Run("client", "list", "--store", store).Succeeded();
        Assert.Contains("cmdb", listed, StringComparison.Ordinal);
        Assert.Contains("10,20", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(token, listed, StringComparison.Ordinal);
        Assert.Equal("cmdb", Text(One("client", "remove", "CMDB"), "name"));
    }

    [Fact]
    public void Two_stores_are_compared_before_they_are_joined()
    {
        string other = folder.File("other.db");
        TestProgram.Native.Run("copy", "--store", store, "--to", other).Succeeded();
        One("handle", "request", "h1", "--vlan", "10");
        TestProgram.Native.Run("handle", "request", "h2", "--vlan", "10", "--store", other).Succeeded();
        using var collisions = Run("compare", "--with", other);
        string address = Text(One("handle", "list", "h1"), "macAddress");
        Assert.Contains(collisions.RootElement.EnumerateArray(), one => string.Equals(Text(one, "subject"), address, StringComparison.Ordinal));
        Refused("StoreNotFound", "compare", "--with", folder.File("none.db"));
        string empty = folder.File("empty.db");
        TestProgram.Native.Run("apply", folder.Write("empty.json", "{ \"vlans\": [] }"u8.ToArray()), "--store", empty).Succeeded();
        Assert.Equal("Nothing collides.\n", TestProgram.Native.Run("compare", "--store", store, "--with", empty).Succeeded());
    }

    [Theory]
    [InlineData("InvalidHandle", "handle", "request", " x", "--vlan", "10")]
    [InlineData("VlanNotFound", "handle", "request", "x", "--vlan", "99")]
    [InlineData("AddressOutside", "handle", "request", "x", "--vlan", "10", "--requested", "0a:00:00:00:00:01")]
    [InlineData("InvalidRequestedAddress", "handle", "request", "x", "--vlan", "10", "--requested", "01:00:00:00:00:01")]
    [InlineData("InstanceRequired", "handle", "request", "x", "--vlan", "10", "--intent", "replace")]
    [InlineData("HandleNotFound", "handle", "revoke", "x")]
    [InlineData("InvalidLowWater", "provider", "create", "a", "--low-water", "101")]
    [InlineData("InvalidBlockSize", "provider", "create", "a", "--block-size", "0")]
    [InlineData("InvalidProviderName", "provider", "create", "*")]
    [InlineData("ProviderNotFound", "block", "grant", "nobody", "--vlan", "10", "--count", "1")]
    [InlineData("BlockNotFound", "block", "revoke", "7")]
    [InlineData("ClientNotFound", "client", "remove", "nobody")]
    [InlineData("VlanNotFound", "client", "create", "a", "--vlan", "99")]
    public void Bad_input_gets_a_sentence_and_changes_nothing(string id, params string[] arguments)
    {
        string before = TestProgram.Native.Run("export", "--store", store).Succeeded();
        Refused(id, arguments);
        Assert.Equal(before, TestProgram.Native.Run("export", "--store", store).Succeeded());
    }

    private static string Text(JsonElement item, string member) => item.GetProperty(member).GetString()!;

    private void Refused(string id, params string[] arguments) => TestProgram.Native.Run([.. arguments, "--store", store]).Failed(id);

    private JsonElement One(params string[] arguments) => Assert.Single(Run(arguments).RootElement.EnumerateArray().ToList());

    private JsonDocument Run(params string[] arguments) => JsonDocument.Parse(TestProgram.Native.Run([.. arguments, "--store", store, "--json"]).Succeeded());
}
