using AgentService;

await AgentServiceApp.Build(args).RunAsync();
