// The floor of the gateway's benchmark: YARP's forwarder and nothing else. Usage: BareYarp PORT UPSTREAM
using System.Globalization;
using System.Net;
using Yarp.ReverseProxy.Forwarder;

var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, int.Parse(args[0], CultureInfo.InvariantCulture)));
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
