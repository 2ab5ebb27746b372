using System.Globalization;
using System.Text;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Filtering;
using Stillgate.Protocol.Requests;

namespace Stillgate.Gateway.Controls;

/// <summary>How fine and how long an embedding leaves.</summary>
internal static class EmbeddingControl
{
    public static void Apply(ControlPlan plan, ExchangeFeature exchange, RequestEnvelope envelope, ControlOptions options)
    {
        if (envelope.Dialect != Dialects.OpenAiEmbeddings)
        {
            return;
        }

        var bits = options.EmbeddingBits.ToString(CultureInfo.InvariantCulture);
        if (options.EmbeddingPrecision == ControlMode.On)
        {
            exchange.AnswerFilter = new EmbeddingFilter(options.EmbeddingBits);
            plan.Changes.Add("rounded:embedding_bits=" + bits);
        }
        else if (options.EmbeddingPrecision == ControlMode.Observe)
        {
            plan.Changes.Add("observed:embedding_bits=" + bits);
        }

        CapDimensions(plan, exchange.Body!.Memory.Span, options);
    }

    private static void CapDimensions(ControlPlan plan, ReadOnlySpan<byte> body, ControlOptions options)
    {
        var range = BodyRewriter.Find(body, ["dimensions"], out var name);
        if (options.EmbeddingDimensions == ControlMode.Off
            || (name is not null && int.TryParse(Encoding.UTF8.GetString(body[range]), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked <= options.EmbeddingDimensionsMax))
        {
            return;
        }

        var cap = options.EmbeddingDimensionsMax.ToString(CultureInfo.InvariantCulture);
        if (options.EmbeddingDimensions == ControlMode.Observe)
        {
            plan.Changes.Add("observed:dimensions=" + cap);
            return;
        }

        plan.Edits["dimensions"] = cap;
        plan.Changes.Add("capped:dimensions=" + cap);
    }
}
