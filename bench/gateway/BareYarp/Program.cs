// The floor of the gateway's benchmark: YARP's forwarder and nothing else. Usage: BareYarp PORT UPSTREAM [CERTIFICATE_AND_KEY.pem]
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Yarp.ReverseProxy.Forwarder;

var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, int.Parse(args[0], CultureInfo.InvariantCulture), listen =>
{
    if (args.Length > 2)
    {
        listen.UseHttps(X509Certificate2.CreateFromPemFile(args[2]));
    }
}));
builder.Services.AddHttpForwarder();
builder.Services.AddLogging();
var app = builder.Build();
using var client = new HttpMessageInvoker(new SocketsHttpHandler
{
    UseProxy = false,
    AllowAutoRedirect = false,
    AutomaticDecompression = DecompressionMethods.None,
    UseCookies = false,
    EnableMultipleHttp2Connections = true,
    ActivityHeadersPropagator = null,
});
var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
app.Run(async context => await forwarder.SendAsync(context, args[1], client, ForwarderRequestConfig.Empty, HttpTransformer.Empty));
await app.RunAsync();
