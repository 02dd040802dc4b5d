using AgentService;
using Dreamer.Inference;

OnnxRuntimeTelemetry.Disable();
await AgentServiceApp.Build(args).RunAsync();
