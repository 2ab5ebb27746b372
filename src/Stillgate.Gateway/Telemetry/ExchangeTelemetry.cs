using System.Diagnostics;
using System.Diagnostics.Metrics;
using Stillgate.Gateway.Forwarder;
using Stillgate.Gateway.Recorder;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Gateway.Telemetry;

/// <summary>
/// One span and a few measurements of each exchange, made when it is closed and only where somebody listens. No attribute holds
/// anything that a client wrote: a model is named by the operator's own pattern for it.
/// </summary>
internal sealed class ExchangeTelemetry(GenAiNames names) : IDisposable
{
    private readonly ActivitySource _spans = new(GenAiNames.Source);
    private readonly Meter _meter = new(GenAiNames.Source);
    private Histogram<double>? _duration;
    private Histogram<double>? _firstToken;
    private Histogram<long>? _tokens;

    private Histogram<double> Duration => _duration ??= _meter.CreateHistogram(
        GenAiNames.RequestDuration, "s", "Time from a request's arrival to its end.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = GenAiNames.SecondsBounds });

    private Histogram<double> FirstToken => _firstToken ??= _meter.CreateHistogram(
        GenAiNames.TimeToFirstToken, "s", "Time from a request's arrival to the head of its answer.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = GenAiNames.SecondsBounds });

    private Histogram<long> Tokens => _tokens ??= _meter.CreateHistogram(
        GenAiNames.TokenUsage, "{token}", "Tokens as providers counted them.", advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = GenAiNames.TokenBounds });

    public void Closed(in ClosedExchange closed, ExchangeRecord record)
    {
        if (!Duration.Enabled && !_spans.HasListeners())
        {
            return;
        }

        var operation = OperationOf(record.Dialect);
        var model = ModelOf(closed.Exchange);
        TagList tags = new() { { GenAiNames.Operation, operation }, { names.ProviderName, VendorOf(record.Dialect) }, { GenAiNames.RequestModel, model } };
        if (Duration.Enabled)
        {
            Measure(closed, record, tags);
        }

        if (!_spans.HasListeners())
        {
            return;
        }

        ActivityContext.TryParse(closed.TraceParent, traceState: null, isRemote: true, out var parent);
        using var span = _spans.StartActivity(ActivityKind.Server, parent, tags, startTime: record.At, name: $"{operation} {model}");
        if (span is null)
        {
            return;
        }

        span.SetTag(GenAiNames.Status, closed.Status).SetTag(GenAiNames.Exchange, record.Id).SetTag(GenAiNames.End, record.End);
        span.SetTag(GenAiNames.InputTokens, record.Response?.InputTokens).SetTag(GenAiNames.OutputTokens, record.Response?.OutputTokens);
        if (closed.Exchange.End != ExchangeEnd.Complete)
        {
            span.SetTag(GenAiNames.ErrorType, record.EndReason ?? record.End).SetStatus(ActivityStatusCode.Error);
        }

        span.SetEndTime((record.At + closed.Duration).UtcDateTime);
    }

    public void Dispose()
    {
        _spans.Dispose();
        _meter.Dispose();
    }

    private void Measure(in ClosedExchange closed, ExchangeRecord record, TagList tags)
    {
        Add(Tokens, record.Response?.InputTokens, "input", tags);
        Add(Tokens, record.Response?.OutputTokens, "output", tags);
        if (closed.Exchange.FirstByteAfter is { } first)
        {
            FirstToken.Record(first.TotalSeconds, tags);
        }

        if (closed.Exchange.End != ExchangeEnd.Complete)
        {
            tags.Add(GenAiNames.ErrorType, record.End);
        }

        Duration.Record(closed.Duration.TotalSeconds, tags);
    }

    private static void Add(Histogram<long> tokens, int? count, string type, TagList tags)
    {
        if (count is { } known)
        {
            tags.Add(GenAiNames.TokenType, type);
            tokens.Record(known, tags);
        }
    }

    private static string ModelOf(ExchangeFeature exchange) =>
        exchange is { Provider: { } provider, Envelope: { } envelope }
            ? provider.Models.FirstOrDefault(pattern => ModelPattern.Matches(pattern, envelope.Model), "other")
            : "none";

    private static string OperationOf(string dialect) => dialect switch
    {
        Dialects.OpenAiEmbeddings => "embeddings",
        Dialects.OpenAiCompletions => "text_completion",
        Dialects.GeminiGenerate => "generate_content",
        Dialects.OpenAiChat or Dialects.OpenAiResponses or Dialects.AnthropicMessages => "chat",
        _ => "other",
    };

    private static string VendorOf(string dialect) => dialect.Split('.')[0] switch
    {
        "anthropic" => "anthropic",
        "gemini" => "gcp.gemini",
        "openai" => "openai",
        _ => "other",
    };
}
