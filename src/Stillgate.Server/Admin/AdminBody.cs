using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Stillgate.Server.Admin;

/// <summary>Reads a request's body within its bound, and says of a JSON body which field is wrong and what was expected there.</summary>
internal static class AdminBody
{
    /// <summary>Most bytes of a body that is no import.</summary>
    public const int BytesMax = 1 << 16;

    /// <summary>Most bytes of an import or a policy bundle.</summary>
    public const int ImportBytesMax = 64 << 20;

    /// <summary>Reads the whole body.</summary>
    /// <exception cref="AdminException">It is larger than the bound.</exception>
    public static async Task<byte[]> ReadAsync(HttpContext context, int bytesMax)
    {
        AdminException TooLarge() => AdminException.Refused(
            StatusCodes.Status413PayloadTooLarge, "The body is too large", $"At most {bytesMax} bytes are taken in one request. Nothing was changed.");

        if (context.Request.ContentLength > bytesMax)
        {
            throw TooLarge();
        }

        using var whole = new MemoryStream();
        var part = new byte[16 << 10];
        int read;
        while ((read = await context.Request.Body.ReadAsync(part, context.RequestAborted)) > 0)
        {
            if (whole.Length + read > bytesMax)
            {
                throw TooLarge();
            }

            whole.Write(part, 0, read);
        }

        return whole.ToArray();
    }

    /// <summary>Reads a JSON object.</summary>
    /// <exception cref="AdminException">It is none, or a field of it is unknown or of another kind than expected.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw AdminException.Wrong("", "expected a JSON object");
        }
        catch (JsonException wrong)
        {
            // Not the parser's own message: it may quote what was sent.
            var field = (wrong.Path ?? "").TrimStart('$').TrimStart('.');
            var name = field.Split('.', '[')[0];
            throw AdminException.Wrong(field, ExpectedOf<T>(name, type));
        }
    }

    private static string ExpectedOf<T>(string name, JsonTypeInfo<T> type)
    {
        var known = type.Properties.FirstOrDefault(property => property.Name == name);
        return known?.AttributeProvider is MemberInfo member && member.GetCustomAttribute<DescriptionAttribute>() is { } described
            ? "expected: " + described.Description
            : "expected a JSON object of " + string.Join(", ", type.Properties.Select(property => property.Name));
    }
}
