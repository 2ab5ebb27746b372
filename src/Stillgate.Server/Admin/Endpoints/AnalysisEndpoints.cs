using System.Text.Json;
using Stillgate.Detection.Findings;

namespace Stillgate.Server.Admin.Endpoints;

/// <summary>The analysis' snapshot, in the shapes of <c>docs/formats/findings.md</c>. It is read, never asked to wait.</summary>
internal static class AnalysisEndpoints
{
    private const int PageMax = 1000;
    private const int PageDefault = 100;
    private static readonly string[] Words = ["harvest", "watch", "clear"];

    public static void Map(IEndpointRouteBuilder routes, AdminInstallation installation)
    {
        routes.Read("/analysis", AdminRight.Read, "How far the analysis is, how many accounts have which verdict, and whether its calibration fits", context =>
        {
            AdminQuery.Only(context);
            return Json(json => Summary(json, installation));
        });
        routes.Read("/analysis/accounts", AdminRight.Read, "Accounts, those to look at first in front. Parameters: verdict, from, limit", context => Accounts(context, installation));
        routes.Read("/analysis/accounts/{id}", AdminRight.Read, "One account's verdict", context =>
        {
            AdminQuery.Only(context);
            var id = AdminRoutes.IdOf(context);
            var verdict = Current(installation).Verdicts.FirstOrDefault(one => one.Account == id) ?? throw AdminException.Missing("The analysis has seen no such account.");
            return Json(json => FindingsWriter.Verdict(json, verdict));
        });
        routes.Read("/analysis/campaigns", AdminRight.Read, "Every campaign named, oldest first. Parameters: from, limit", context =>
        {
            AdminQuery.Only(context, "from", "limit");
            return Page(context, Current(installation).Campaigns, FindingsWriter.Campaign);
        });
        routes.Read("/analysis/campaigns/{id}", AdminRight.Read, "One campaign", context =>
        {
            AdminQuery.Only(context);
            var id = AdminRoutes.IdOf(context);
            var campaign = Current(installation).Campaigns.FirstOrDefault(one => one.Id == id) ?? throw AdminException.Missing("There is no such campaign.");
            return Json(json => FindingsWriter.Campaign(json, campaign));
        });
    }

    private static IResult Accounts(HttpContext context, AdminInstallation installation)
    {
        AdminQuery.Only(context, "verdict", "from", "limit");
        var word = AdminQuery.Text(context, "verdict");
        if (word is not null && !Words.Contains(word))
        {
            throw AdminException.Wrong("?verdict", "expected one of " + string.Join(", ", Words));
        }

        var verdicts = Current(installation).Verdicts;
        return Page(context, word is null ? verdicts : [.. verdicts.Where(verdict => FindingsWriter.Word(verdict.Verdict) == word)], FindingsWriter.Verdict);
    }

    // The snapshot changes between pages; a reader that needs one moment takes pages of the largest size, or 'stillgate analyze'.
    private static IResult Page<T>(HttpContext context, IReadOnlyList<T> all, Action<Utf8JsonWriter, T> write)
    {
        var from = (int)(AdminQuery.Number(context, "from", 0, int.MaxValue) ?? 0);
        var count = (int)(AdminQuery.Number(context, "limit", 1, PageMax) ?? PageDefault);
        return Json(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("total", all.Count);
            json.WriteStartArray("items");
            foreach (var item in all.Skip(from).Take(count))
            {
                write(json, item);
            }

            json.WriteEndArray();
            if ((long)from + count < all.Count)
            {
                json.WriteNumber("next", from + count);
            }
            else
            {
                json.WriteNull("next");
            }

            json.WriteEndObject();
        });
    }

    private static void Summary(Utf8JsonWriter json, AdminInstallation installation)
    {
        var snapshot = Current(installation);
        json.WriteStartObject();
        json.WriteString("asOf", snapshot.AsOf);
        json.WriteNumber("exchanges", snapshot.ExchangeCount);
        json.WriteBoolean("live", installation.Analysis?.WarmUpShare is null);
        json.WriteNumber("readShare", installation.Analysis?.WarmUpShare ?? 1);
        json.WriteStartObject("accounts");
        foreach (var word in Words)
        {
            json.WriteNumber(word, snapshot.Verdicts.Count(verdict => FindingsWriter.Word(verdict.Verdict) == word));
        }

        json.WriteEndObject();
        json.WriteNumber("campaigns", snapshot.Campaigns.Count);
        json.WritePropertyName("fit");
        FindingsWriter.Fit(json, snapshot.Fit);
        json.WriteEndObject();
    }

    private static AnalysisSnapshot Current(AdminInstallation installation) =>
        installation.Analysis?.Current ?? throw AdminException.Refused(StatusCodes.Status503ServiceUnavailable, "No analysis runs", "This process analyses nothing.");

    private static IResult Json(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            write(json);
        }

        return Results.Bytes(bytes.ToArray(), "application/json");
    }
}
