namespace Stillgate.Protocol.ExchangeLog;

/// <summary>How a file is created that its owner alone may read: keys, and what names accounts.</summary>
public static class PrivateFile
{
    /// <summary>Options for a file stream; on Windows the folder's own rights hold.</summary>
    /// <param name="mode">How it is created.</param>
    /// <param name="access">What for.</param>
    public static FileStreamOptions Options(FileMode mode, FileAccess access = FileAccess.Write)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
