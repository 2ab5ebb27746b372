namespace Stillgate.Gateway.Budgets;

/// <summary>Writes numbers as text and remembers the last one, since most requests ask for the same. Any thread may ask.</summary>
internal sealed class LastText(Func<long, string> write)
{
    private volatile Written? _last;

    public string Of(long number)
    {
        if (_last is { } last && last.Number == number)
        {
            return last.Text;
        }

        var text = write(number);
        _last = new Written(number, text);
        return text;
    }

    private sealed record Written(long Number, string Text);
}
