using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Stillgate.Storage.Admin;

namespace Stillgate.Server.Admin;

/// <summary>Makes a change with its record in one transaction, and a request that is repeated under its <c>Idempotency-Key</c> once.</summary>
internal static class ChangeMaker
{
    public const string RequestKeyHeader = "Idempotency-Key";
    public const string RepeatedHeader = "stillgate-repeated";
    private const int RequestKeyCharactersMax = 128;

    /// <summary>Makes it.</summary>
    /// <param name="context">The request; its caller is who the change is by.</param>
    /// <param name="changes">Where it is recorded.</param>
    /// <param name="action">What is done.</param>
    /// <param name="body">The request's body.</param>
    /// <param name="type">How the answer is written.</param>
    /// <param name="change">Makes it; null where there was nothing to change. Throws <see cref="AdminException"/> to change nothing.</param>
    /// <param name="reveal">Adds to the first answer what is not recorded, such as a key; null for nothing.</param>
    public static IResult Make<T>(
        HttpContext context,
        AdminChangeStore changes,
        string action,
        ReadOnlySpan<byte> body,
        JsonTypeInfo<T> type,
        Func<(string Subject, T Answer)?> change,
        Func<T, T>? reveal = null)
        where T : class
    {
        T? made = null;
        var (outcome, answer) = changes.Make(AdminCaller.Of(context).Key.Id, action, MarkOf(context, body), () =>
        {
            if (change() is not { } result)
            {
                return null;
            }

            made = result.Answer;
            return (result.Subject, JsonSerializer.Serialize(result.Answer, type));
        });
        switch (outcome)
        {
            case AdminOutcome.Made:
                return Results.Json(reveal is null ? made! : reveal(made!), type, statusCode: action.EndsWith(".create", StringComparison.Ordinal) ? StatusCodes.Status201Created : StatusCodes.Status200OK);
            case AdminOutcome.Repeated:
                context.Response.Headers[RepeatedHeader] = "true";
                return Results.Content(answer, "application/json", Encoding.UTF8);
            case AdminOutcome.RequestKeyReused:
                throw AdminException.Refused(StatusCodes.Status422UnprocessableEntity, "The request key was used before", $"Another request was made with this {RequestKeyHeader}. Nothing was changed.");
            default:
                throw AdminException.Missing("There is nothing of this id to change. Nothing was changed.");
        }
    }

    private static AdminRequestMark? MarkOf(HttpContext context, ReadOnlySpan<byte> body)
    {
        var key = context.Request.Headers[RequestKeyHeader].ToString();
        if (key.Length == 0)
        {
            return null;
        }

        if (key.Length > RequestKeyCharactersMax || key.Any(character => character is < '!' or > '~'))
        {
            throw AdminException.Wrong(RequestKeyHeader, $"expected 1 to {RequestKeyCharactersMax} visible ASCII characters");
        }

        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.ContentType}\n"));
        digest.AppendData(body);
        return new AdminRequestMark(key, Convert.ToHexStringLower(digest.GetHashAndReset()));
    }
}
