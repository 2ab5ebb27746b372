using Stillgate.Detection.State;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Accounts;

/// <summary>Packs an attestation.</summary>
internal static class AttestationState
{
    private const int ScopeMax = 65_536;

    public static void Write(StateWriter into, Attestation attestation)
    {
        into.Text(attestation.Kind);
        into.Text(attestation.Id);
        into.Number((ulong)attestation.Scope.Count);
        foreach (var model in attestation.Scope)
        {
            into.Text(model);
        }

        Write(into, attestation.ValidFrom);
        Write(into, attestation.ValidTo);
    }

    public static Attestation Read(ref StateReader from)
    {
        var kind = from.Text() ?? "";
        var id = from.Text();
        var scope = new string[from.Count(ScopeMax)];
        for (var i = 0; i < scope.Length; i++)
        {
            scope[i] = from.Text() ?? "";
        }

        return new Attestation { Kind = kind, Id = id, Scope = scope, ValidFrom = ReadDay(ref from), ValidTo = ReadDay(ref from) };
    }

    // A day's number is never negative: one more, and 0 says that there is none.
    private static void Write(StateWriter into, DateOnly? day) => into.Number(day is { } known ? (ulong)known.DayNumber + 1 : 0);

    private static DateOnly? ReadDay(ref StateReader from)
    {
        var number = from.Count(DateOnly.MaxValue.DayNumber + 1);
        return number == 0 ? null : DateOnly.FromDayNumber(number - 1);
    }
}
