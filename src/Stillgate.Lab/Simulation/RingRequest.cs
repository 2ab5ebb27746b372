using System.Globalization;

namespace Stillgate.Lab.Simulation;

/// <summary>A ring that a composition is asked to hold, for sweeps over size and cover.</summary>
/// <param name="Kind">One of <see cref="RingKinds.All"/>.</param>
/// <param name="AccountCount">Its accounts, 1 to 100,000.</param>
/// <param name="CoverShare">Share of ordinary chat in its traffic, 0 to 0.95; null keeps the kind's own.</param>
public sealed record RingRequest(string Kind, int AccountCount, double? CoverShare)
{
    /// <summary>Reads <c>KIND:ACCOUNTS</c> or <c>KIND:ACCOUNTS:COVER</c>, for example <c>fixed-prompt:200:0.3</c>.</summary>
    /// <param name="text">As on a command line.</param>
    /// <returns>The request.</returns>
    /// <exception cref="SimulationException">The text is not of this form.</exception>
    public static RingRequest Parse(string text)
    {
        var parts = text.Split(':');
        double? cover = null;
        if (parts.Length == 3 && double.TryParse(parts[2], NumberStyles.Float, CultureInfo.InvariantCulture, out var share))
        {
            cover = share;
        }

        var isRight = parts.Length is 2 or 3
            && RingKinds.All.Contains(parts[0])
            && (parts.Length == 2 || cover is >= 0 and <= 0.95)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is >= 1 and <= 100_000;
        return isRight
            ? new RingRequest(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), cover)
            : throw new SimulationException($"ring {text}: expected KIND:ACCOUNTS or KIND:ACCOUNTS:COVER with one of the kinds {string.Join(", ", RingKinds.All)}");
    }
}
