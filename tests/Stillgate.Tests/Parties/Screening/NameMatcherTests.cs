using Stillgate.Parties.Screening;
using Xunit;

namespace Stillgate.Tests.Parties.Screening;

/// <summary>One example a feature: what keeps a name the same party's, and what makes it another's.</summary>
public sealed class NameMatcherTests
{
    [Theory]
    [InlineData("Vladimir Putin", "Владимир Путин")]
    [InlineData("Vladimir Putin", "PUTIN, Vladimir Vladimirovich")]
    [InlineData("Usama bin Ladin", "Osama bin Laden")]
    [InlineData("Muammar Gaddafi", "Moammar Qadhafi")]
    [InlineData("Kim Jong Un", "김정은")]
    [InlineData("Xi Jinping", "习近平")]
    [InlineData("Bashar al-Assad", "Bashar Assad")]
    [InlineData("Hassan Nasrallah", "حسن نصر الله")]
    [InlineData("John Smith", "J. Smith")]
    [InlineData("Robert Mugabe", "Bob Mugabe")]
    [InlineData("Abdul Aziz", "Abdelaziz")]
    [InlineData("Wang Xiaoming", "Wang Xiao Ming")]
    [InlineData("Peter Müller", "Peter Mueller")]
    [InlineData("Maria Ivanova", "Maria Ivanov")]
    [InlineData("Sergey Lavrov", "Sergei Lavrow")]
    [InlineData("Abdel Fattah el-Sisi", "عبد الفتاح السيسي")]
    [InlineData("Dr. Abdul Qadeer Khan", "A.Q. Khan")]
    [InlineData("Igor Ivanovich Sechin", "Сечин И.И.")]
    [InlineData("Kim Yo-jong", "김여정")]
    [InlineData("नरेन्द्र मोदी", "Narendra Modi")]
    public void Compare_PeopleWrittenOtherwise_Match(string left, string right) =>
        Assert.True(NameMatcher.Compare(left, right, EntitySchema.Person).IsMatch);

    [Theory]
    [InlineData("Vladimir Putin", "Vladislav Putin")]
    [InlineData("Kim Jong Un", "Kim Jong Il")]
    [InlineData("Ivan Ivanov", "Ivana Ivanova")]
    [InlineData("Hassan Nasrallah", "Hussein Nasrallah")]
    [InlineData("Abdul Rahman", "Abdul Rahim")]
    [InlineData("Igor Ivanovich Sechin", "Igor Petrovich Sechin")]
    [InlineData("John Smith Jr.", "John Smith Sr.")]
    [InlineData("Bashar al-Assad", "Maher al-Assad")]
    [InlineData("Li Wei", "Li Wen")]
    [InlineData("Putin", "Vladimir Putin")]
    [InlineData("Robert Smith", "Roberta Smith")]
    [InlineData("Sechin I.I.", "Sechin A.I.")]
    [InlineData("John A. Smith", "John B. Smith")]
    public void Compare_OtherPeople_DoNotMatch(string left, string right) =>
        Assert.False(NameMatcher.Compare(left, right, EntitySchema.Person).IsMatch);

    [Theory]
    [InlineData("Gazprom OAO", "PJSC Gazprom")]
    [InlineData("Gazprombank", "Gazprom Bank")]
    [InlineData("Huawei Technologies Co. Ltd.", "Huawei")]
    [InlineData("Huawei Technologies Co. Ltd.", "华为技术有限公司")]
    [InlineData("International Business Machines", "IBM")]
    [InlineData("Petroleos de Venezuela SA", "PDVSA")]
    [InlineData("Bank of China", "中国银行")]
    [InlineData("Rosoboronexport OJSC", "Rosoboroneksport")]
    [InlineData("Alfa-Bank JSC", "ОАО Альфа-Банк")]
    [InlineData("Smith Brothers Ltd", "Smith Bros. Limited")]
    [InlineData("Johnson & Johnson", "Johnson and Johnson")]
    [InlineData("Acme Cumpany of Trading", "Acme Company of Trading")]
    [InlineData("Plant No. 2", "Second Plant")]
    [InlineData("Ministry of Defence", "Ministry of Defense")]
    [InlineData("United Shipbuilding Corporation", "Объединенная судостроительная корпорация")]
    [InlineData("Sberbank of Russia", "Sberbank")]
    [InlineData("Hangzhou Hikvision Digital Technology Co., Ltd.", "Hikvision Digital Technology")]
    [InlineData("Islamic Republic of Iran Shipping Lines", "IRISL")]
    [InlineData("Aviation Industry Corporation of China", "AVIC")]
    [InlineData("Korea Mining Development Trading Corporation", "KOMID")]
    [InlineData("Al-Qaida", "القاعدة")]
    [InlineData("Al-Qaida in the Arabian Peninsula", "AQAP")]
    [InlineData("Hizballah", "حزب الله")]
    [InlineData("Tula Machine Building Plant", "Тульский машиностроительный завод")]
    [InlineData("Tactical Missiles Corporation", "Корпорация Тактическое ракетное вооружение")]
    [InlineData("Belarusian Potash Company", "Белорусская калийная компания")]
    [InlineData("National Bank of Greece", "Εθνική Τράπεζα της Ελλάδος")]
    [InlineData("Commercial Bank of Syria", "المصرف التجاري السوري")]
    [InlineData("Bank of Georgia", "საქართველოს ბანკი")]
    [InlineData("Reliance Industries Limited", "रिलायंस इंडस्ट्रीज लिमिटेड")]
    [InlineData("Fuerzas Armadas Revolucionarias de Colombia", "Revolutionary Armed Forces of Colombia")]
    [InlineData("En+ Group", "En Plus Group")]
    [InlineData("M/V Ocean Star", "OCEAN STAR")]
    [InlineData("MAZ Minsk Automobile Plant", "Minsk Automobile Plant")]
    [InlineData("VTB Vneshtorgbank", "Vneshtorgbank")]
    [InlineData("J.P. Morgan Chase & Co.", "JPMorgan Chase")]
    [InlineData("Foreign Trade Bank of the DPRK", "Foreign Trade Bank")]
    public void Compare_OrganizationsWrittenOtherwise_Match(string left, string right) =>
        Assert.True(NameMatcher.Compare(left, right, EntitySchema.Organization).IsMatch);

    [Theory]
    [InlineData("Unit 61398", "Unit 61486")]
    [InlineData("First Moscow Bank", "Second Moscow Bank")]
    [InlineData("Central Bank of Iran", "Central Bank of Iraq")]
    [InlineData("Northern Shipping Company", "Southern Shipping Company")]
    [InlineData("Hua Xin Trading Co. Ltd.", "Hua Xin Shipping Co. Ltd.")]
    [InlineData("Siemens AG", "Siemens Energy AG")]
    [InlineData("Samsung Electronics Co. Ltd.", "Samsung Electronics America Inc.")]
    [InlineData("General Electric", "General Motors")]
    [InlineData("Ministry of Defence of Russia", "Ministry of Finance of Russia")]
    [InlineData("International Trading Company", "Zeta International Trading Company")]
    [InlineData("Uralvagonzavod", "Uralkhimmash")]
    [InlineData("Sberbank", "Sberbank Kazakhstan")]
    [InlineData("Sberbank", "Sberbank Europe AG")]
    [InlineData("Sberbank", "Sberbank Leasing")]
    [InlineData("Rosneft", "Rosneft Deutschland GmbH")]
    [InlineData("China Telecom", "China Mobile")]
    [InlineData("Moscow State University", "Moscow State Technical University")]
    [InlineData("China Electronics Technology Group Corporation", "China Electronics Corporation")]
    [InlineData("Blue Ocean Shipping", "Blue Sea Shipping")]
    [InlineData("Tula Arms Plant", "Ижевский оружейный завод")]
    [InlineData("Société Générale", "Société Nationale")]
    [InlineData("Northern Shipping Company", "Shipping Company")]
    [InlineData("Huawei Technologies Co Ltd", "Huawei Cloud Computing Technology Co")]
    public void Compare_OtherOrganizations_DoNotMatch(string left, string right) =>
        Assert.False(NameMatcher.Compare(left, right, EntitySchema.Organization).IsMatch);

    [Fact]
    public void Compare_LegalFormsDiffer_SaysSo()
    {
        var result = NameMatcher.Compare("Volga Metals OOO", "Volga Metal AO", EntitySchema.Organization);

        Assert.Contains("legal forms differ", result.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_WordsOnOneSide_NamesTheSide()
    {
        var result = NameMatcher.Compare("Rosneft Trading", "Rosneft", EntitySchema.Organization);

        Assert.Contains("only left: trading (line of business)", result.Explanation, StringComparison.Ordinal);
        Assert.Contains("only right: trading", NameMatcher.Compare("Rosneft", "Rosneft Trading", EntitySchema.Organization).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_Features_AddUpToTheScore()
    {
        var result = NameMatcher.Compare("Osama Laden", "Usama Ladin", EntitySchema.Person);

        var logOdds = MatchModel.Person.Bias + result.Features.Sum(feature => feature.LogOdds);
        Assert.Equal(1 / (1 + Math.Exp(-logOdds)), result.Score, 9);
    }

    [Fact]
    public void Compare_DateContradicts_LowersTheScore()
    {
        var left = NameProfile.Read("Ali Hassan", EntitySchema.Person);
        var right = NameProfile.Read("Aly Hasan", EntitySchema.Person);

        var alone = NameMatcher.Compare(left, right).Score;
        Assert.True(NameMatcher.Compare(left, right, Corroboration.Of(["1961"], ["1990"], [], [])).Score < alone);
        Assert.True(NameMatcher.Compare(left, right, Corroboration.Of(["1961-05-02"], ["1961-05-02"], [], [])).Score > alone);
        Assert.Null(Corroboration.Of(["1961"], [], [], ["ru"]));
    }

    [Theory]
    [InlineData("KP", "Korea, North", "a country in common")]
    [InlineData("Russian Federation", "RU", "a country in common")]
    [InlineData("Китай", "China", "a country in common")]
    [InlineData("KP", "KR", "no country in common")]
    [InlineData("KP", "Atlantis", null)]
    public void Corroboration_CountriesInAnySpelling_AreToldByTheCountry(string left, string right, string? words) =>
        Assert.Equal(words, Corroboration.Of([], [], [left], [right])?.Words);

    [Fact]
    public void Compare_WithDatesAndCountries_FeaturesStillAddUpToTheScore()
    {
        var result = NameMatcher.Compare(
            NameProfile.Read("Ali Hassan", EntitySchema.Person), NameProfile.Read("Aly Hasan", EntitySchema.Person), Corroboration.Of(["1961"], ["1990"], ["KP"], ["KP"]));

        Assert.Contains(result.Features, feature => feature is { Name: "years contradict", LogOdds: < 0 });
        Assert.Contains(result.Features, feature => feature is { Name: "a country in common", LogOdds: > 0 });
        Assert.Equal(1 / (1 + Math.Exp(-(MatchModel.Person.Bias + result.Features.Sum(feature => feature.LogOdds)))), result.Score, 9);
    }

    [Fact]
    public void Compare_NamesOfStopWordsOnly_MatchOnlyThemselves()
    {
        Assert.False(NameMatcher.Compare("al", "No.", EntitySchema.Unknown).IsMatch);
        Assert.NotEmpty(NameMatcher.Compare("al", "No.", EntitySchema.Unknown).Explanation);
        Assert.True(NameMatcher.Compare("The", "the", EntitySchema.Organization).IsMatch);
    }

    [Fact]
    public void Compare_DifferentReadings_IsRefused() =>
        Assert.Throws<ArgumentException>(() => NameMatcher.Compare(NameProfile.Read("A B", EntitySchema.Person), NameProfile.Read("A B", EntitySchema.Organization)));

    [Theory]
    [InlineData("山田太郎", "Yamada Taro")]
    [InlineData("山田 太郎", "Taro YAMADA")]
    [InlineData("佐藤健", "Sato Takeru")]
    [InlineData("小泉純一郎", "Junichiro Koizumi")]
    [InlineData("長谷川翔太", "Hasegawa Shota")]
    [InlineData("田中玖美", "田中玖美")]
    [InlineData("田中誠", "Makoto Tanaka")]
    public void Compare_JapaneseNameInHanAgainstItsReading_Matches(string left, string right) =>
        Assert.True(NameMatcher.Compare(left, right, EntitySchema.Person).IsMatch);

    [Theory]
    [InlineData("田中角栄", "Tian Zhongjiao")]
    [InlineData("山田太郎", "Shantian Tailang")]
    [InlineData("山田太郎", "Yamada Jiro")]
    [InlineData("佐藤健", "佐藤賢")]
    [InlineData("佐藤健", "佐藤誠")]
    [InlineData("田中玖美", "Tanaka Kakuei")]
    [InlineData("Ken Sato", "Takeshi Sato")]
    [InlineData("田中誠", "Tanaka Hiroshi")]
    public void Compare_JapaneseNameInHanAgainstAnothersOrItsChineseReading_DoesNotMatch(string left, string right) =>
        Assert.False(NameMatcher.Compare(left, right, EntitySchema.Person).IsMatch);

    [Theory]
    [InlineData("王毅", "Wang Yi")]
    [InlineData("田中群", "Tian Zhongqun")]
    [InlineData("高山", "Gao Shan")]
    [InlineData("林鄭月娥", "Lin Zheng Yue E")]
    [InlineData("田中誠", "Tian Zhongcheng")]
    public void Compare_ChineseNameThatMayLookJapanese_IsStillReadAsChinese(string left, string right) =>
        Assert.True(NameMatcher.Compare(left, right, EntitySchema.Person).IsMatch);

    [Theory]
    [InlineData("Ευάγγελος Βενιζέλος", "Evangelos Venizelos", true)]
    [InlineData("Χαράλαμπος Λαμπράκης", "Charalambos Lambrakis", true)]
    [InlineData("Καμπίρ Ραμπί", "Kabir Rabi", true)]
    [InlineData("Ούρσουλα Μπαρζάνι", "Ursula Barzani", true)]
    [InlineData("Γιάννης Μπουτάρης", "Giannis Boutaris", true)]
    [InlineData("Γιώργος Παπανδρέου", "Giorgos Papadakis", false)]
    [InlineData("Χασάν Καρίμι", "Hasan Rahimi", false)]
    public void Compare_GreekName_MatchesItsRomanisationsAndNoOther(string left, string right, bool isMatch) =>
        Assert.Equal(isMatch, NameMatcher.Compare(left, right, EntitySchema.Person).IsMatch);

    [Theory]
    [InlineData("VW", "Volkswagen AG", true)]
    [InlineData("ΔΕΗ", "Δημόσια Επιχείρηση Ηλεκτρισμού", true)]
    [InlineData("ВТБ", "Внешторгбанк", true)]
    [InlineData("VW", "Volvo AG", false)]
    public void Compare_ShortFormOfACompany_MatchesItsOwn(string left, string right, bool isMatch) =>
        Assert.Equal(isMatch, NameMatcher.Compare(left, right, EntitySchema.Organization).IsMatch);

    [Theory]
    [InlineData("CODELCO", "Corporación Nacional del Cobre de Chile", true)]
    [InlineData("DLR", "Deutsches Zentrum für Luft- und Raumfahrt e.V.", true)]
    [InlineData("ВСМПО", "Верхнесалдинское металлургическое производственное объединение", true)]
    [InlineData("VSMPO", "Верхне-Салдинское металлургическое производственное объединение", true)]
    [InlineData("DLR", "Deutsches Zentrum für Herz-Kreislauf-Forschung e.V.", false)]
    [InlineData("ВСМПО", "Нижнетагильское металлургическое производственное объединение", false)]
    [InlineData("ОДК", "United Shipbuilding Corporation", false)]
    public void Compare_AcronymInAnotherLanguage_MatchesWhatItSpells(string left, string right, bool isMatch) =>
        Assert.Equal(isMatch, NameMatcher.Compare(left, right, EntitySchema.Organization).IsMatch);

    [Theory]
    [InlineData("AKTSIONERNOE OBSCHESTVO KIDMA TEK", "Aktsionernoye Obshchestvo Kidma Tek", true)]
    [InlineData("JSC CRI Burevestnik", "TSNII BUREVESTNIK AO", true)]
    [InlineData("NPF Krug", "RPE Krug LLC", true)]
    [InlineData("Military Unit 26165", "Войсковая часть 26165", true)]
    [InlineData("Military Unit 26165", "Войсковая часть 74455", false)]
    [InlineData("Smith Brothers Manufacturing", "Smith Bros. Manufacturing Inc", true)]
    [InlineData("Smith Brothers Manufacturing", "Smith Sons Manufacturing", false)]
    public void Compare_FormsAndKindsOfBodies_AreReadInTheirSpellings(string left, string right, bool isMatch) =>
        Assert.Equal(isMatch, NameMatcher.Compare(left, right, EntitySchema.Organization).IsMatch);

    [Theory]
    [InlineData("Дмитрий Козак", "Dmitriy Kozak", true)]
    [InlineData("Дмитрий Козлов", "Dmitry Kozak", false)]
    [InlineData("Ανδρέας Παπαδόπουλος", "Andreas Papadopoulos", true)]
    [InlineData("Ανδρέας Παπαδόπουλος", "Andreas Papagiannis", false)]
    [InlineData("Timothy J. Walz", "Timothy V. Johnson", false)]
    public void Compare_SoundsOrInitialsThatDiffer_MakeAnotherPerson(string left, string right, bool isMatch) =>
        Assert.Equal(isMatch, NameMatcher.Compare(left, right, EntitySchema.Person).IsMatch);

    [Theory]
    [InlineData("Oliver Atkinnos", "Oliver Atkinson", true)]
    [InlineData("Theodore Mosrir", "Theodore Morris", true)]
    [InlineData("Theodore Mosrir", "Theodore Ramirez", false)]
    [InlineData("Theodore Barnes", "Theodore Bames", true)]
    [InlineData("Theodore Welsh", "Theod0re We1sh", true)]
    public void Compare_LettersInTheWrongOrder_AreOneWord(string left, string right, bool isMatch) =>
        Assert.Equal(isMatch, NameMatcher.Compare(left, right, EntitySchema.Person).IsMatch);
}
