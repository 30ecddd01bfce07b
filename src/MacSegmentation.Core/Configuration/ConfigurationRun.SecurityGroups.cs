using MacSegmentation.SecurityGroups;

namespace MacSegmentation.Configuration;

/// <summary>Which security groups and rules stay, go and are made.</summary>
internal sealed partial class ConfigurationRun
{
    private readonly List<(DocumentPlace Place, RuleRequest Request)> newRules = [];

    private void RemoveGroups()
    {
        var wanted = document.SecurityGroups.Select(group => (group.Name, group.Description, group.IsStateless)).ToHashSet();
        foreach (var group in store.ListSecurityGroups().Where(group => !wanted.Contains((group.Name, group.Description, group.IsStateless))))
        {
            SecurityGroupCatalog.Remove(store, group);
        }
    }

    private void RemoveRules()
    {
        var existing = store.ListSecurityGroups().ToDictionary(group => group.Name, group => group.Rule.ToList(), StringComparer.Ordinal);
        ForEach("securityGroups", document.SecurityGroups, group =>
        {
            var superfluous = existing.GetValueOrDefault(group.Name, []);
            ForEach("rules", group.Rules, rule =>
            {
                var request = new RuleRequest
                {
                    GroupName = group.Name,
                    Direction = rule.Direction,
                    Protocol = rule.Protocol,
                    Port = rule.Ports,
                    RemoteAddress = rule.RemoteAddress,
                    RemoteGroup = rule.RemoteGroup,
                };
                var wanted = SecurityGroupCatalog.MakeRule(request);
                int found = superfluous.FindIndex(other => SecurityGroupCatalog.IsSame(other, wanted));
                if (found >= 0)
                {
                    superfluous.RemoveAt(found);
                }
                else
                {
                    newRules.Add((place!, request));
                }
            });
            foreach (var rule in superfluous)
            {
                SecurityGroupCatalog.RemoveRule(store, rule.RuleId);
            }
        });
    }

    private void AddGroups()
    {
        ForEach("securityGroups", document.SecurityGroups, group =>
        {
            if (store.FindSecurityGroupName(group.Name) is null)
            {
                SecurityGroupCatalog.Create(store, group.Name, group.Description, group.IsStateless);
            }
        });
        foreach (var (here, request) in newRules)
        {
            place = here;
            SecurityGroupCatalog.AddRule(store, request);
        }
    }
}
