#:project ../Dreamer.Serving
#:package Microsoft.ML.OnnxRuntime
#:package Microsoft.Extensions.Hosting
#:property PublishAot=false

// A served agent: 64 clients play at once and their steps run together; one episode continues in another session from its saved state.
using Dreamer.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services
    .AddDreamerAgent(options =>
    {
        options.Path = "onnx/catch";
        options.Sessions.MaxSessions = 64;
        options.Batching.Window = TimeSpan.FromMilliseconds(1);
        options.Reload.PollInterval = TimeSpan.FromSeconds(10);
    })
    .UseLogging()
    .UseTelemetry();
using var host = builder.Build();
await host.StartAsync();

var agent = host.Services.GetRequiredService<IAgentServer>();
var frame = new byte[10 * 5];
await Task.WhenAll(Enumerable.Range(0, 64).Select(async client =>
{
    var session = await agent.StartAsync(new() { Seed = (ulong)client });
    for (var row = 0; row < 10; row++)
    {
        await agent.StepAsync(session.SessionId, new() { Image = frame });
    }
    await agent.EndAsync(session.SessionId);
}));

var first = await agent.StartAsync(new() { EpisodeId = "e" });
await agent.StepAsync(first.SessionId, new() { Image = frame });
var second = await agent.StartAsync(new() { State = await agent.SaveAsync(first.SessionId) });
var step = await agent.StepAsync(second.SessionId, new() { Image = frame });
Console.WriteLine($"step {step.Step} of episode {second.EpisodeId}: action {step.Action}, value {step.Value:F2}");
await host.StopAsync();
