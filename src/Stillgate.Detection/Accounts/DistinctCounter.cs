using System.Numerics;
using System.Runtime.CompilerServices;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Accounts;

/// <summary>
/// Estimates how many different hashes it has been shown: by a bitmap of 1,024 while that tells (linear counting, Whang et al. 1990; standard
/// error 2 to 3 % up to 2,000 of them, 5 % at 4,000), by 64 registers past that (HyperLogLog, Flajolet et al. 2007; standard error 13 %).
/// </summary>
internal struct DistinctCounter
{
    private const int Registers = 64;
    private const int Words = 16;
    private const int Places = Words * 64;

    // With fewer places left empty than this, from some 4,200 hashes on, the bitmap is off by more than 6 % and jumps with every place.
    private const int EmptyMin = 16;

    // A step takes a byte, or two where it is 128 or more, which at most seven are: so many steps take fewer bytes than the bitmap's 128.
    private const int SparseMax = 112;

    // What a register shows where no bit of a hash is set but the one that ends the run.
    private const int RegisterMax = 64;

    private RegisterArray _registers;
    private WordArray _words;

    /// <summary>Shows it a hash of which every bit is as good as another.</summary>
    public void Add(ulong hash)
    {
        var mixed = hash * 0x9E3779B97F4A7C15;
        ref var register = ref _registers[(int)(mixed >> 58)];
        register = Math.Max(register, (byte)(BitOperations.LeadingZeroCount((mixed << 6) | 1) + 1));
        var place = (int)(mixed >> 16) & (Places - 1);
        _words[place >> 6] |= 1UL << (place & 63);
    }

    /// <summary>The estimate; 0 where nothing was shown.</summary>
    public readonly double Estimate()
    {
        var empty = Places - Filled();
        return empty >= EmptyMin ? Places * Math.Log((double)Places / empty) : RegisterEstimate();
    }

    /// <summary>Writes it: few bytes where it was shown little.</summary>
    public readonly void Write(StateWriter into)
    {
        ulong used = 0;
        for (var i = 0; i < Registers; i++)
        {
            used |= _registers[i] != 0 ? 1UL << i : 0;
        }

        into.Word(used);
        foreach (var register in _registers)
        {
            if (register != 0)
            {
                into.Number(register);
            }
        }

        WritePlaces(into);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="StateFormatException">It is something else.</exception>
    public static DistinctCounter Read(ref StateReader from)
    {
        var counter = new DistinctCounter();
        for (var used = from.Word(); used != 0; used &= used - 1)
        {
            var register = from.Count(RegisterMax);
            counter._registers[BitOperations.TrailingZeroCount(used)] = register > 0 ? (byte)register : throw new StateFormatException("a register that is said to be used is not");
        }

        counter.ReadPlaces(ref from);
        return counter;
    }

    private readonly int Filled()
    {
        var filled = 0;
        foreach (var word in _words)
        {
            filled += BitOperations.PopCount(word);
        }

        return filled;
    }

    // How many places are filled; then the steps between them while they are few, or the whole bitmap.
    private readonly void WritePlaces(StateWriter into)
    {
        var filled = Filled();
        into.Number((ulong)filled);
        if (filled <= SparseMax)
        {
            WriteSteps(into);
            return;
        }

        foreach (var word in _words)
        {
            into.Word(word);
        }
    }

    private readonly void WriteSteps(StateWriter into)
    {
        var last = 0;
        for (var at = 0; at < Words; at++)
        {
            for (var rest = _words[at]; rest != 0; rest &= rest - 1)
            {
                var place = (at * 64) + BitOperations.TrailingZeroCount(rest);
                into.Number((ulong)(place - last));
                last = place;
            }
        }
    }

    private void ReadPlaces(ref StateReader from)
    {
        var filled = from.Count(Places);
        if (filled <= SparseMax)
        {
            ReadSteps(ref from, filled);
        }
        else
        {
            foreach (ref var word in _words)
            {
                word = from.Word();
            }
        }

        // Also where a step of 0 stands for a place that is filled already.
        if (Filled() != filled)
        {
            throw new StateFormatException($"expected {filled} filled places, found {Filled()}");
        }
    }

    private void ReadSteps(ref StateReader from, int filled)
    {
        var place = 0;
        for (var i = 0; i < filled; i++)
        {
            place += from.Count(Places - 1 - place);
            _words[place >> 6] |= 1UL << (place & 63);
        }
    }

    private readonly double RegisterEstimate()
    {
        double sum = 0;
        foreach (var register in _registers)
        {
            sum += Math.ScaleB(1, -register);
        }

        return 0.709 * Registers * Registers / sum;
    }

    [InlineArray(Registers)]
    private struct RegisterArray
    {
        private byte _first;
    }

    [InlineArray(Words)]
    private struct WordArray
    {
        private ulong _first;
    }
}
