using System.CommandLine;
using System.CommandLine.Parsing;
using MacSegmentation.Errors;
using MacSegmentation.Settings;

namespace MacSegmentation.Options;

/// <summary>The options of a thing's settings, made from what is described of them.</summary>
/// <typeparam name="T">What has the settings.</typeparam>
internal sealed class SettingOptions<T>
    where T : class
{
    private readonly List<(Option Option, Func<ParseResult, T, T> Apply)> options;

    /// <summary>Makes the options.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="defaults">What has their defaults.</param>
    public SettingOptions(IEnumerable<Setting<T>> settings, T defaults) => options = [.. settings.Select(setting => Create(setting, defaults))];

    /// <summary>The options.</summary>
    public IEnumerable<Option> Options => options.Select(made => made.Option);

    /// <summary>What has the settings as they are given.</summary>
    public T Read(ParseResult given, T defaults) => options.Aggregate(defaults, (owner, made) => made.Apply(given, owner));

    private static (Option Option, Func<ParseResult, T, T> Apply) Create(Setting<T> setting, T defaults)
    {
        if (setting.ValueName is null)
        {
            var flag = new Option<bool>(setting.OptionName, [.. setting.OptionAliases]) { Description = $"{setting.Help}." };
            return (flag, (given, owner) => given.GetValue(flag) ? setting.With(owner, "true") : owner);
        }

        var option = new Option<string?>(setting.OptionName, [.. setting.OptionAliases])
        {
            Description = $"{setting.Help}: {setting.Range}; {setting.ToText(defaults)} if not given.",
            HelpName = setting.ValueName,
        };
        option.Validators.Add(given => Check(given, setting, defaults));
        return (option, (given, owner) => given.GetValue(option) is { } text ? setting.With(owner, text) : owner);
    }

    private static void Check(OptionResult given, Setting<T> setting, T defaults)
    {
        try
        {
            foreach (var token in given.Tokens)
            {
                setting.With(defaults, token.Value);
            }
        }
        catch (Exception error) when (error is FormatException or MacSegmentationException)
        {
            given.AddError($"{setting.OptionName}: {error.Message}");
        }
    }
}
