namespace Stillgate.Detection.Drift;

/// <summary>
/// The law of how many of n new accounts have a conformal p-value at or below t, when they and the N of the calibration are exchangeable:
/// beta-binomial with parameters k and N + 1 - k, k = floor(t (N + 1)) (Vovk 2012; Bates et al. 2023). It counts in that all
/// n are compared with the same calibration.
/// </summary>
internal static class BetaBinomial
{
    /// <returns>P(X at least so many).</returns>
    public static double UpperTail(int atLeast, int n, int k, int calibrationSize)
    {
        if (atLeast <= 0)
        {
            return 1;
        }

        double a = k, b = calibrationSize + 1 - k;
        double log = 0;
        for (var i = 0; i < n; i++)
        {
            log += Math.Log((b + i) / (a + b + i));
        }

        // From the smaller side, so that a small tail keeps its digits.
        double tail = 0;
        for (var x = 0; x <= n; x++)
        {
            tail += x >= atLeast ? Math.Exp(log) : 0;
            if (x < n)
            {
                log += Math.Log((n - x) / (x + 1.0) * ((a + x) / (b + n - x - 1)));
            }
        }

        return Math.Min(1, tail);
    }
}
