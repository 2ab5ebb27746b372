namespace Stillgate.Lab.LogitTheft;

/// <summary>
/// Runs the theft of a projection layer through a gateway, with its rule off and on, by one account, by a campaign and by strangers.
/// The model is our own toy on the loopback address, and so is the gateway; nothing else is ever asked.
/// </summary>
public static class TheftDemonstration
{
    /// <summary>
    /// Tokens that an account or a campaign may bias where the rule is on: half the hidden size. The rank shows in any few tokens more
    /// than it, so a bound has to lie below it, as 300 lies below the thousands of a real model.
    /// </summary>
    /// <param name="options">The toy.</param>
    public static int TokensMax(TheftOptions options) => Math.Max(1, options.HiddenSize / 2);

    /// <summary>The attacks, in the order of the table.</summary>
    /// <param name="options">The toy and the attack on it.</param>
    public static IReadOnlyList<TheftCase> Cases(TheftOptions options) =>
    [
        new("together, one account", TheftStrategy.Together, 1, IsOneCampaign: true, IsRuleOn: false),
        new("together, one account", TheftStrategy.Together, 1, IsOneCampaign: true, IsRuleOn: true),
        new("together, a campaign", TheftStrategy.Together, options.AccountCount, IsOneCampaign: true, IsRuleOn: true),
        new("by turns, a campaign", TheftStrategy.ByTurns, options.AccountCount, IsOneCampaign: true, IsRuleOn: false),
        new("by turns, a campaign", TheftStrategy.ByTurns, options.AccountCount, IsOneCampaign: true, IsRuleOn: true),
        new("bias alone, one account", TheftStrategy.BiasAlone, 1, IsOneCampaign: true, IsRuleOn: false),
        new("bias alone, one account", TheftStrategy.BiasAlone, 1, IsOneCampaign: true, IsRuleOn: true),
        new("bias alone, a campaign", TheftStrategy.BiasAlone, options.AccountCount, IsOneCampaign: true, IsRuleOn: true),
        new("bias alone, strangers", TheftStrategy.BiasAlone, options.AccountCount, IsOneCampaign: false, IsRuleOn: true),
    ];

    /// <summary>Runs one attack.</summary>
    /// <param name="theft">The attack.</param>
    /// <param name="options">The toy and the attack on it.</param>
    /// <param name="open">Opens a gateway before the given provider: its address and a key of each account.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What it got.</returns>
    public static async Task<TheftResult> RunAsync(TheftCase theft, TheftOptions options, Func<TheftCase, Uri, Task<TheftTarget>> open, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(open);
        var model = new ToySoftmax(options.HiddenSize, options.VocabularySize, options.Seed);
        await using var provider = await ToySoftmaxProvider.StartAsync(model, cancellation).ConfigureAwait(false);
        await using var target = await open(theft, provider.Address).ConfigureAwait(false);
        if (!target.Address.IsLoopback)
        {
            throw new InvalidOperationException("The attack runs against a gateway of our own on the loopback address only.");
        }

        using var client = new HttpClient { BaseAddress = target.Address };
        return await new LogitThief(client, target.Keys, options).StealAsync(theft, model, cancellation).ConfigureAwait(false);
    }
}
