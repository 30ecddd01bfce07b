using MacSegmentation.Documents;

namespace MacSegmentation.SecurityGroups;

/// <summary>Which security groups, rules and memberships stay, go and are made.</summary>
/// <param name="store">The transaction.</param>
/// <param name="cursor">Where in the document work is being done.</param>
/// <param name="groups">The groups of the document.</param>
/// <param name="memberships">For each interface record of the document, by its name, the groups that it is a member of.</param>
internal sealed class SecurityGroupPart(
    ISecurityGroupWriter store,
    DocumentCursor cursor,
    DocumentList<SecurityGroupConfiguration> groups,
    IReadOnlyList<RecordGroups> memberships) : IDocumentPart
{
    private readonly List<(DocumentPlace Place, RuleRequest Request)> newRules = [];
    private readonly List<(DocumentPlace Place, string Interface, string Group)> newMembers = [];

    /// <inheritdoc/>
    public void Check()
    {
        var first = new Dictionary<string, DocumentPlace>(StringComparer.OrdinalIgnoreCase);
        cursor.ForEach(groups, group => cursor.RequireFirst(first, group.Name, "name", $"Security group '{group.Name}'"));
    }

    /// <inheritdoc/>
    public void Clear()
    {
        RemoveGroups();
        RemoveRules();
    }

    /// <summary>Ends the memberships of the records that are left.</summary>
    public void Release()
    {
        foreach (var (name, wanted) in memberships)
        {
            List<string> superfluous = [.. store.FindInterface(name)?.SecurityGroup ?? []];
            cursor.ForEach(wanted, group =>
            {
                int found = superfluous.FindIndex(other => string.Equals(other, group, StringComparison.OrdinalIgnoreCase));
                if (found >= 0)
                {
                    superfluous.RemoveAt(found);
                }
                else
                {
                    newMembers.Add((cursor.Place!, name, group));
                }
            });
            foreach (string group in superfluous)
            {
                SecurityGroupCatalog.RemoveMember(store, group, name);
            }
        }
    }

    /// <inheritdoc/>
    public void Make()
    {
        cursor.ForEach(groups, group =>
        {
            if (store.FindSecurityGroupName(group.Name) is null)
            {
                SecurityGroupCatalog.Create(store, group.Name, group.Description, group.IsStateless);
            }
        });
        foreach (var (place, request) in newRules)
        {
            cursor.Place = place;
            SecurityGroupCatalog.AddRule(store, request);
        }
    }

    /// <summary>Makes the memberships, when the records are there.</summary>
    public void Complete()
    {
        foreach (var (place, name, group) in newMembers)
        {
            cursor.Place = place;
            SecurityGroupCatalog.AddMember(store, group, name);
        }
    }

    private void RemoveGroups()
    {
        var wanted = groups.Items.ToDictionary(group => group.Name, StringComparer.Ordinal);
        foreach (var group in store.ListSecurityGroups().Where(group => !wanted.TryGetValue(group.Name, out var same) || !IsSame(same, group)))
        {
            SecurityGroupCatalog.Remove(store, group);
        }
    }

    private static bool IsSame(SecurityGroupConfiguration wanted, MacSecurityGroup group) =>
        string.Equals(wanted.Description, group.Description, StringComparison.Ordinal) && wanted.IsStateless == group.IsStateless;

    private void RemoveRules()
    {
        var existing = store.ListSecurityGroups().ToDictionary(group => group.Name, group => group.Rule.ToList(), StringComparer.Ordinal);
        var rules = groups.Within((group, place) => new DocumentList<SecurityGroupRuleConfiguration>(place, "rules", group.Rules, SecurityGroupRuleConfiguration.Document));
        foreach (var (group, wanted) in groups.Items.Zip(rules))
        {
            var superfluous = existing.GetValueOrDefault(group.Name, []);
            cursor.ForEach(wanted, rule =>
            {
                var request = rule.ToRequest(group.Name);
                var made = SecurityGroupCatalog.MakeRule(request);
                int found = superfluous.FindIndex(other => SecurityGroupCatalog.IsSame(other, made));
                if (found >= 0)
                {
                    superfluous.RemoveAt(found);
                }
                else
                {
                    newRules.Add((cursor.Place!, request));
                }
            });
            foreach (var rule in superfluous)
            {
                SecurityGroupCatalog.RemoveRule(store, rule.RuleId);
            }
        }
    }
}
