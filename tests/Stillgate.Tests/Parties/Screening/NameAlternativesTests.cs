using Stillgate.Parties.Screening;
using Xunit;

namespace Stillgate.Tests.Parties.Screening;

/// <summary>A text may hold several names; each speaks for itself, and what tells bodies apart stays in the name.</summary>
public sealed class NameAlternativesTests
{
    [Theory]
    [InlineData("Vladimir Zhirinovskiy; Vladimir Volfovich Eidelstein", "Vladimir Eidelstein", EntitySchema.Person)]
    [InlineData("Angela Dorothea Merkel (née Kasner)", "Angela Kasner", EntitySchema.Person)]
    [InlineData("Ilich Ramirez Sanchez a.k.a. Carlos the Jackal", "Ilich Ramírez Sánchez", EntitySchema.Person)]
    [InlineData("Ilich Ramirez Sanchez (alias Salim Martinez)", "Salim Martínez", EntitySchema.Person)]
    [InlineData("International Atomic Energy Agency", "МАГАТЭ / International Atomic Energy Agency", EntitySchema.Organization)]
    [InlineData("Jama'atu Ahlis Sunna (Boko Haram)", "Boko Haram", EntitySchema.Organization)]
    [InlineData("Pearl (A.K.A. Nei Chien) Shipping", "Pearl Shipping", EntitySchema.Organization)]
    [InlineData("Mediasintez LLC, formerly Internet Research Agency", "Internet Research Agency", EntitySchema.Organization)]
    public void Compare_TextThatHoldsSeveralNames_MatchesEachOfThem(string left, string right, EntitySchema schema)
    {
        Assert.True(NameMatcher.Compare(left, right, schema).IsMatch);
        Assert.Equal(NameMatcher.Compare(left, right, schema).Score, NameMatcher.Compare(right, left, schema).Score);
    }

    [Theory]
    [InlineData("Al-Haramain Foundation (Kenya)", "Al-Haramain Foundation (Pakistan)")]
    [InlineData("Acme Holdings (UK) Ltd", "Acme Holdings (US) Inc")]
    [InlineData("Yazd Metallurgy Industries (YMI)", "Yazd Textile Industries (YMI)")]
    [InlineData("Plant (2)", "Plant (3)")]
    public void Compare_BracketsThatTellBodiesApart_DoNotMatch(string left, string right) =>
        Assert.False(NameMatcher.Compare(left, right, EntitySchema.Organization).IsMatch);

    [Fact]
    public void Compare_OneOfSeveralNames_IsNamedInTheExplanation()
    {
        var result = NameMatcher.Compare("Boko Haram", "Jama'atu Ahlis Sunna (Boko Haram)", EntitySchema.Organization);

        Assert.StartsWith("of the right names \"Boko Haram\"", result.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_MoreNamesThanTheBound_KeepsTheFirst()
    {
        var names = NameAlternatives.Of(string.Join(';', Enumerable.Range(0, 50).Select(at => "Name" + (char)('a' + (at % 26)) + at)), isPerson: false);

        Assert.Equal(NameAlternatives.CountMax, names.Length);
    }

    [Theory]
    [InlineData("A/S Nordmark")]
    [InlineData("M/V Ocean Star")]
    [InlineData("Bornholm Shipping")]
    [InlineData("((((")]
    [InlineData("")]
    public void Of_TextOfOneName_IsLeftAsItIs(string text) => Assert.Equal([(text, false)], NameAlternatives.Of(text, isPerson: false));
}
