using System.Globalization;
using Npgsql;

namespace MacSegmentation.Stores.Postgres;

/// <summary>
/// Connection URIs as libpq has them (PostgreSQL's manual, section "Connection URIs"): <c>postgresql://user:password@host:port/database?sslmode=require</c>.
/// </summary>
internal static class PostgresUri
{
    private static readonly string[] Schemes = ["postgresql://", "postgres://"];

    // What libpq and Npgsql call differently; other names differ in blanks, underscores and case only.
    private static readonly Dictionary<string, string> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["user"] = "Username",
        ["dbname"] = "Database",
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password",
        ["connect_timeout"] = "Timeout",
        ["application_name"] = "Application Name",
        ["target_session_attrs"] = "Target Session Attributes",
        ["channel_binding"] = "Channel Binding",
        ["options"] = "Options",
    };

    public static bool IsUri(string text) => Schemes.Any(scheme => text.TrimStart().StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <summary>The URI in Npgsql's keywords.</summary>
    /// <exception cref="ArgumentException">It has a parameter that Npgsql does not know.</exception>
    /// <exception cref="FormatException">It is not such a URI.</exception>
    public static string ToKeywords(string uri)
    {
        string rest = uri.Trim();
        rest = rest[(rest.IndexOf("//", StringComparison.Ordinal) + 2)..];
        var settings = new NpgsqlConnectionStringBuilder();
        (rest, string query) = Cut(rest, '?');
        (string authority, string database) = Cut(rest, '/');
        if (authority.LastIndexOf('@') is var at and >= 0)
        {
            (string user, string password) = Cut(authority[..at], ':');
            settings.Username = Decode(user);
            if (password.Length > 0)
            {
                settings.Password = Decode(password);
            }

            authority = authority[(at + 1)..];
        }

        SetHost(settings, Decode(authority));
        if (database.Length > 0)
        {
            settings.Database = Decode(database);
        }

        foreach (string parameter in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            (string name, string value) = Cut(parameter, '=');
            settings[Keywords.GetValueOrDefault(name, name)] = Decode(value);
        }

        return settings.ConnectionString;
    }

    private static void SetHost(NpgsqlConnectionStringBuilder settings, string authority)
    {
        // Several hosts keep their ports, as Npgsql has them too; an IPv6 address stands in brackets.
        int colon = authority.LastIndexOf(':');
        if (authority.Contains(',', StringComparison.Ordinal) || colon < 0 || colon < authority.LastIndexOf(']'))
        {
            settings.Host = authority.Contains(',', StringComparison.Ordinal) ? authority : authority.Trim('[', ']');
        }
        else
        {
            settings.Host = authority[..colon].Trim('[', ']');
            settings.Port = int.Parse(authority[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture);
        }
    }

    private static (string Before, string After) Cut(string text, char separator) =>
        text.IndexOf(separator, StringComparison.Ordinal) is var place and >= 0 ? (text[..place], text[(place + 1)..]) : (text, string.Empty);

    private static string Decode(string text) => Uri.UnescapeDataString(text);
}
