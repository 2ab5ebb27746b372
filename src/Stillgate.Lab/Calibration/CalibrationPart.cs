namespace Stillgate.Lab.Calibration;

/// <summary>What a composed log is to a calibration.</summary>
public enum CalibrationPart
{
    /// <summary>It teaches the models.</summary>
    Fit,

    /// <summary>Its legitimate accounts and groups are controls.</summary>
    Controls,
}
