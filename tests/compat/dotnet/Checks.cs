namespace Stillgate.Compat;

/// <summary>Runs checks one after the other, says a line of each, and counts.</summary>
internal sealed class Checks
{
    public int Passed { get; private set; }

    public int Failed { get; private set; }

    public async Task RunAsync(string name, Func<Task> check)
    {
        try
        {
            await check();
            Passed++;
            Console.WriteLine($"ok     {name}");
        }
        catch (Exception failure)
        {
            Failed++;
            Console.WriteLine($"FAILED {name}: {failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}");
        }
    }

    public static void Same<T>(T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new InvalidOperationException($"expected '{expected}', got '{actual}'");
        }
    }

    public static void True(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException("not so: " + what);
        }
    }

    public static async Task<T> ThrowsAsync<T>(Func<Task> act)
        where T : Exception
    {
        try
        {
            await act();
        }
        catch (T expected)
        {
            return expected;
        }

        throw new InvalidOperationException($"expected {typeof(T).Name}, nothing was thrown");
    }
}
