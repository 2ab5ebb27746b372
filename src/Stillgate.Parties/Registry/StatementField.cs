using System.Globalization;
using System.Net;

namespace Stillgate.Parties.Registry;

/// <summary>A field that a kind of statement may hold.</summary>
/// <param name="Name">Its name, as files write it.</param>
/// <param name="Shape">What it may hold.</param>
public sealed record StatementField(string Name, FieldShape Shape)
{
    /// <summary>Whether a statement without it is refused.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it is a part of the statement's key.</summary>
    public bool IsKey { get; init; }

    /// <summary>The words of <see cref="FieldShape.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What the field expects, in words.</summary>
    public string Expected => Shape switch
    {
        FieldShape.Country => "a country of two capital letters, such as DE",
        FieldShape.Time => "a day or time such as 2026-05-01 or 2026-05-01T09:00:00Z",
        FieldShape.Flag => "true or false",
        FieldShape.Count => "a whole number, 0 or more",
        FieldShape.Percent => "a number from 0 to 100",
        FieldShape.Address => "an IP address",
        FieldShape.Pairs => "NAME=VALUE",
        FieldShape.Choice => "one of " + string.Join(", ", Choices),
        _ => "text of at most 2000 characters",
    };

    /// <summary>Brings the values into their one form.</summary>
    /// <param name="values">As the file has them.</param>
    /// <returns>The values, or null where they are not what the field expects.</returns>
    public IReadOnlyList<string>? Normalise(IReadOnlyList<string> values)
    {
        if (values.Count > 1 && Shape is not (FieldShape.Texts or FieldShape.Pairs))
        {
            return null;
        }

        var normal = values.Select(value => Normalise(value.Trim())).ToArray();
        return Array.Exists(normal, value => value is null) ? null : [.. normal.OfType<string>()];
    }

    /// <summary>Reads a day or time as files write it; a day is its first moment, UTC.</summary>
    public static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time)
            ? time
            : null;

    private string? Normalise(string value)
    {
        const int charsMax = 2000;
        return Shape switch
        {
            _ when value.Length is 0 or > charsMax => null,
            FieldShape.Country => value.Length == 2 && value.All(char.IsAsciiLetterUpper) ? value : null,
            FieldShape.Time => Time(value)?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            FieldShape.Flag => value is "true" or "false" ? value : null,
            FieldShape.Count => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count.ToString(CultureInfo.InvariantCulture) : null,
            FieldShape.Percent => decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var part) && part <= 100 ? part.ToString(CultureInfo.InvariantCulture) : null,
            FieldShape.Address => IPAddress.TryParse(value, out var address) ? address.ToString() : null,
            FieldShape.Pairs => value.IndexOf('=', StringComparison.Ordinal) > 0 ? value : null,
            FieldShape.Choice => Choices.Contains(value) ? value : null,
            _ => value,
        };
    }
}
