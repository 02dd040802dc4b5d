using AgentService.Draining;
using AgentService.Endpoints;
using AgentService.Problems;
using AgentService.Sockets;
using AgentService.Telemetry;
using AgentService.Wire;
using Dreamer.Serving;
using Microsoft.Extensions.Options;

namespace AgentService;

/// <summary>The service, put together.</summary>
internal static class AgentServiceApp
{
    /// <summary>Builds the service, configured by <c>appsettings.json</c>, the environment and arguments; later sources win.</summary>
    /// <param name="args">Such as <c>--Agent:Path=onnx/mine</c>.</param>
    /// <param name="configure">Changes the builder, for tests.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddOptions<ServiceOptions>().BindConfiguration("Service").ValidateDataAnnotations().ValidateOnStart();
        AddAgent(builder);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<DrainState>();
        builder.Services.AddHostedService<DrainService>();
        builder.Services.AddSingleton<SocketServer>();
        builder.Services.AddSingleton<EpisodeSocket>();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ServiceJson.Wire));
        builder.AddTelemetry();
        builder.WebHost.ConfigureKestrel((context, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            var service = context.Configuration.GetSection("Service").Get<ServiceOptions>() ?? new ServiceOptions();
            kestrel.Limits.MaxRequestBodySize = service.MaxBodyBytes;
        });
        configure?.Invoke(builder);

        var app = builder.Build();
        var options = app.Services.GetRequiredService<IOptions<ServiceOptions>>().Value;
        app.UseMiddleware<DrainMiddleware>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UsePage();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(30), KeepAliveTimeout = TimeSpan.FromSeconds(30) });
        app.MapHealthChecks("/healthz/live", new() { Predicate = _ => false });
        app.MapHealthChecks("/healthz/ready");
        SessionEndpoints.Map(app);
        app.MapGet("/v1/episode", (HttpContext context, EpisodeSocket socket) => socket.ServeAsync(context));
        AgentEndpoints.Map(app, options.ReloadKey is not null);
        if (options.Echo)
        {
            EchoEndpoints.Map(app);
        }
        return app;
    }

    private static void AddAgent(WebApplicationBuilder builder)
    {
        builder.Services
            .AddDreamerAgent(options =>
            {
                builder.Configuration.GetSection("Agent").Bind(options);
                options.Path = Path.GetFullPath(options.Path, AppContext.BaseDirectory);
            })
            .UseLogging()
            .UseTelemetry();
        builder.Services.AddHealthChecks().AddCheck<AgentHealthCheck>("agent");
    }
}
