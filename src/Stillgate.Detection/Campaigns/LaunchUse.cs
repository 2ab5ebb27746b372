namespace Stillgate.Detection.Campaigns;

/// <summary>How an exchange stands to the launch of a model.</summary>
/// <param name="Launch">Number of the launch in whose first two days it falls; 0 for none.</param>
/// <param name="IsNew">Whether it asked the new model.</param>
internal readonly record struct LaunchUse(int Launch, bool IsNew);
