using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Stillgate.Parties.Places;
using Stillgate.Policy.Live;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate places bench</c>: nanoseconds and bytes of one look-up.</summary>
internal static class PlacesBenchCommand
{
    private const int AddressCount = 1 << 20;
    private const int Repeats = 5;
    private const int Seed = 20261124;

    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON" };

    public static Command Create()
    {
        var command = new Command("bench", "Measures look-ups of random addresses: nanoseconds of processor time each, the best and the median of five rounds, and bytes allocated.") { PlacesCommand.Places, Json };
        command.SetAction(parsed =>
        {
            using var index = PlacesCommand.Open(parsed);
            var (v4, v6, places) = (V4(), V6(), new PlaceBook(index));
            Measured[] measured =
            [
                Measure("IPv4", v4, all => AskFile(all, index)),
                Measure("IPv6, of 2000::/3", v6, all => AskFile(all, index)),
                Measure("IPv4, in the words of rules", v4, all => AskBook(all, places)),
                Measure("IPv6, in the words of rules", v6, all => AskBook(all, places)),
            ];
            Console.Out.WriteLine(parsed.GetValue(Json) ? JsonSerializer.Serialize(measured, JsonSerializerOptions.Web) : Table(measured));
            return ExitCode.Ok;
        });
        return command;
    }

    // Unicast addresses in any order: no two neighbours share what the processor has at hand.
    private static IPAddress[] V4()
    {
        var random = new Random(Seed);
        var bytes = new byte[4];
        return [.. Enumerable.Range(0, AddressCount).Select(_ =>
        {
            random.NextBytes(bytes);
            bytes[0] = (byte)(1 + (bytes[0] % 223));
            return new IPAddress(bytes);
        })];
    }

    // The first bits are those of blocks that are given out, so that most addresses fall among ranges and not beside them.
    private static IPAddress[] V6()
    {
        byte[][] blocks = [[0x20, 0x01], [0x24, 0x00], [0x24, 0x08], [0x26, 0x00], [0x28, 0x00], [0x2A, 0x00], [0x2A, 0x02], [0x2C, 0x0F]];
        var random = new Random(Seed);
        var bytes = new byte[16];
        return [.. Enumerable.Range(0, AddressCount).Select(_ =>
        {
            random.NextBytes(bytes);
            blocks[random.Next(blocks.Length)].CopyTo(bytes, 0);
            return new IPAddress(bytes);
        })];
    }

    private static (int Decided, int Spoken) AskFile(IPAddress[] addresses, PlacesIndex index)
    {
        var (decided, spoken) = (0, 0);
        foreach (var address in addresses)
        {
            var answer = index.Lookup(address);
            decided += answer.Country.IsKnown ? 1 : 0;
            spoken += answer.Speaking > 0 ? 1 : 0;
        }

        return (decided, spoken);
    }

    // What a request costs on which a rule asks for its place.
    private static (int Decided, int Spoken) AskBook(IPAddress[] addresses, PlaceBook places)
    {
        var (decided, spoken) = (0, 0);
        foreach (var address in addresses)
        {
            var agreement = places.At(address).Agreement;
            decided += agreement >= PlaceAgreement.Majority ? 1 : 0;
            spoken += agreement > PlaceAgreement.None ? 1 : 0;
        }

        return (decided, spoken);
    }

    private static Measured Measure(string what, IPAddress[] addresses, Func<IPAddress[], (int Decided, int Spoken)> askAll)
    {
        var nanoseconds = new double[Repeats];
        var (decided, spoken) = (0, 0);
        long bytes = 0;
        for (var round = -1; round < Repeats; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();

            // Processor time, so that a machine that others use too says the same as a quiet one.
            var start = Environment.CpuUsage.TotalTime;
            (decided, spoken) = askAll(addresses);
            var elapsed = Environment.CpuUsage.TotalTime - start;
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (round >= 0)
            {
                nanoseconds[round] = elapsed.TotalNanoseconds / addresses.Length;
            }
        }

        Array.Sort(nanoseconds);
        return new Measured(what, addresses.Length, Math.Round(nanoseconds[0], 1), Math.Round(nanoseconds[Repeats / 2], 1), (double)bytes / addresses.Length, (double)spoken / addresses.Length, (double)decided / addresses.Length);
    }

    private static string Table(Measured[] measured) => string.Join(Environment.NewLine, measured.Select(one => string.Create(
        CultureInfo.InvariantCulture,
        $"| {one.What} | {one.Addresses:N0} | {one.BestNs:0.0} | {one.MedianNs:0.0} | {one.BytesEach:0.##} | {one.Spoken:P1} | {one.Decided:P1} |"))
            .Prepend("|---|---|---|---|---|---|---|").Prepend("| look-up | addresses | best ns | median ns | bytes | a source speaks of | two bases agree on |"));

    private sealed record Measured(string What, int Addresses, double BestNs, double MedianNs, double BytesEach, double Spoken, double Decided);
}
