using System.Text.RegularExpressions;
using MacSegmentation.Addressing;

namespace MacSegmentation.Providers.Protocol;

/// <summary>
/// What devices were answered and may rely on. An answer stays true until its device gave the address up (or tried to, and does not know), an administrator revoked
/// it, its block was closed before the shared store knew of it, or an event told that it does not hold.
/// </summary>
internal sealed partial class DeviceLedger
{
    /// <summary>Where a device is answered by the shared store itself.</summary>
    public const string Root = "root";

    private readonly HashSet<(string Handle, MacAddress Address)> answers = [];

    // Who has not heard yet of an ending goes on telling a known handle its former address: no promise to the one that gave it up, or lost it.
    private readonly HashSet<(string Handle, string Site)> unaware = [];

    // Given up there, while the shared store was out of reach.
    private readonly HashSet<(string Handle, string Site)> untold = [];

    // Had an address, and lost it or gave it up, at some time.
    private readonly HashSet<string> ended = [];

    // Given up for certain, by the only site where it was had, and not asked for since.
    private readonly HashSet<string> released = [];

    public IEnumerable<(string Handle, MacAddress Address)> Answers => answers.Order();

    public IEnumerable<string> Released => released;

    /// <summary>True if one has not heard yet of an ending.</summary>
    public bool IsUnaware(string handle, string site) => unaware.Contains((handle, site));

    /// <summary>A device asks again, whatever comes of it.</summary>
    public void Ask(string handle) => released.Remove(handle);

    /// <summary>A device was told that its address was given up.</summary>
    public void Release(string handle) => released.Add(handle);

    public void Answer(string handle, MacAddress address, string site)
    {
        if (!unaware.Contains((handle, site)))
        {
            answers.Add((handle, address));
        }
    }

    /// <summary>A handle has no address any more, or may have none; some have not heard of it.</summary>
    public void End(string handle, IEnumerable<string> others)
    {
        ended.Add(handle);
        answers.RemoveWhere(answer => string.Equals(answer.Handle, handle, StringComparison.Ordinal));
        unaware.UnionWith(others.Select(site => (handle, site)));
    }

    /// <summary>A site ended a handle's address, and the shared store has not heard of it.</summary>
    public void EndUntold(string handle, string site)
    {
        untold.Add((handle, site));
        unaware.Add((handle, Root));
    }

    /// <summary>A store was put back: no ending is certain any more, and nobody can be sure of one before every site has had a round.</summary>
    public void Forget(IReadOnlyList<string> sites)
    {
        released.Clear();
        untold.UnionWith(ended.SelectMany(handle => sites.Select(site => (handle, site))));
        unaware.UnionWith(ended.SelectMany(handle => sites.Append(Root).Select(site => (handle, site))));
    }

    /// <summary>A site knows what the shared store knows, and has told it all.</summary>
    public void Inform(string site)
    {
        untold.RemoveWhere(one => string.Equals(one.Site, site, StringComparison.Ordinal));
        unaware.RemoveWhere(one => (string.Equals(one.Site, site, StringComparison.Ordinal) || string.Equals(one.Site, Root, StringComparison.Ordinal))
            && !untold.Any(other => string.Equals(other.Handle, one.Handle, StringComparison.Ordinal)));
    }

    /// <summary>Some answers are no promise any more.</summary>
    public void Excuse(Predicate<(string Handle, MacAddress Address)> which) => answers.RemoveWhere(which);

    /// <summary>An event told of an answer that does not hold.</summary>
    /// <returns>True if it was a promise so far.</returns>
    public bool Tell(string message)
    {
        var told = Told().Match(message);
        Assert.True(told.Success, $"The event names no handle and address: {message}");
        var lost = (told.Groups["handle"].Value, MacAddress.Parse(told.Groups["address"].Value));
        return answers.Remove(lost);
    }

    [GeneratedRegex("^Handle '(?<handle>[^']+)'(:| loses) (?<address>[0-9a-f:]{17})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Told();
}
