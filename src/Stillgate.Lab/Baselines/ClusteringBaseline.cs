using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Baselines;

/// <summary>
/// Stateful online monitoring (arXiv 2605.31593, 2026): a weak signal on each request, the stream clustered across accounts, and a
/// cluster's score the sum of its strongest signals; an account scores as its worst cluster. The signal is the text filter's, the
/// encoder the shared hashed one, and the paper's last step, a language model as judge, is left out.
/// </summary>
internal sealed class ClusteringBaseline(WordModel model) : IBaseline
{
    private const int ClustersMax = 768;
    private const int ClustersAnAccountMax = 16;
    private const float NearFrom = 0.72f;
    private readonly List<PromptCluster> _clusters = [];
    private readonly Dictionary<string, HashSet<PromptCluster>> _accounts = new(StringComparer.Ordinal);
    private long _number;

    public string Name => "online clustering";

    public void Observe(ExchangeRecord exchange)
    {
        if (PromptText.Of(exchange) is not { } text)
        {
            return;
        }

        var embedding = HashedEmbedding.Of(text);
        var cluster = Nearest(embedding) ?? Open(embedding);
        cluster.Add(embedding, model.Probability(text), ++_number);
        if (!_accounts.TryGetValue(exchange.Account, out var clusters))
        {
            _accounts.Add(exchange.Account, clusters = []);
        }

        if (clusters.Count >= ClustersAnAccountMax && !clusters.Contains(cluster))
        {
            clusters.Remove(clusters.MinBy(known => known.Score)!);
        }

        clusters.Add(cluster);
    }

    public double Score(string account) => _accounts.TryGetValue(account, out var clusters) ? clusters.Max(cluster => cluster.Score) : 0;

    private PromptCluster? Nearest(float[] embedding)
    {
        PromptCluster? nearest = null;
        var best = NearFrom;
        foreach (var cluster in _clusters)
        {
            var similarity = HashedEmbedding.Similarity(cluster.Centre, embedding);
            if (similarity >= best)
            {
                (nearest, best) = (cluster, similarity);
            }
        }

        return nearest;
    }

    private PromptCluster Open(float[] embedding)
    {
        var cluster = new PromptCluster([.. embedding]);
        if (_clusters.Count < ClustersMax)
        {
            _clusters.Add(cluster);
            return cluster;
        }

        var stalest = 0;
        for (var index = 1; index < _clusters.Count; index++)
        {
            stalest = _clusters[index].LastSeen < _clusters[stalest].LastSeen ? index : stalest;
        }

        _clusters[stalest] = cluster;
        return cluster;
    }
}
