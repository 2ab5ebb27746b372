namespace Stillgate.Server.Demo;

/// <summary>Where the demo says what happens: words for a person, or JSON lines for a program.</summary>
internal interface IDemoOutput
{
    /// <summary>Everything runs.</summary>
    void Ready(DemoAddresses addresses, int accounts, long exchanges);

    /// <summary>Part of the log has been sent.</summary>
    void Sent(long exchanges, long total);

    /// <summary>A campaign was found.</summary>
    void Found(CampaignLine campaign);

    /// <summary>The log has been sent and analysed.</summary>
    void Finished(DemoResult result, bool goesOn);

    /// <summary>Everything has stopped.</summary>
    void Stopped();
}
