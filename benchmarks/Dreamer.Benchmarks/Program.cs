using System.CommandLine;
using BenchmarkDotNet.Running;
using Dreamer.Benchmarks;
using Dreamer.Benchmarks.Loading;
using Dreamer.Benchmarks.Pipelines;
using Dreamer.Benchmarks.Serving;
using Dreamer.Inference;

var root = new RootCommand("Compares inference, serving and pipelines with ONNX Runtime. All other arguments go to BenchmarkDotNet, for example --filter '*Act*'.")
{
    OfAgent("pipelines", "The recurrent ML.NET step, compared with batch 1 and with ONNX Runtime.", ObserveRates.Print),
    OfAgent("chain", "Scoring recordings, compared with hand-written code.", ChainRates.Print),
    OfAgent("engine", "A prediction engine, compared with AgentSession.Act.", EngineRates.Print),
    OfFolder("memory", "Memory of scoring, for few and for many files.", ScoringMemory.Print),
    OfFolder("loading", "Loading an agent, compared with bare ONNX Runtime sessions.", LoadingRace.Print),
    OfFolder("act", "A session and a pool, compared with graphs called directly.", ActRace.Print),
    OfFolder("serving", "64 live sessions, with and without batches.", ServingRates.Print),
    Child(ScoringMemory.Argument, ScoringMemory.Score),
    Child(LoadingRace.Argument, LoadingWay.Run),
};
if (args is [var verb, ..] && (verb is "--help" or "-h" || root.Subcommands.Any(command => command.Name == verb)))
{
    return root.Parse(args).Invoke();
}
BenchmarkSwitcher.FromAssembly(typeof(ActBenchmark).Assembly).Run(args);
return 0;

static Command OfAgent(string name, string description, Action<DreamerAgent, int> print) => OfFolder(name, description, (folder, rounds) =>
{
    using var agent = DreamerAgent.Load(folder);
    print(agent, rounds);
});

static Command OfFolder(string name, string description, Action<string, int> print)
{
    var folder = new Argument<string>("agent") { Description = "The agent folder." };
    var rounds = new Argument<int>("rounds") { Description = "How often the candidates take turns.", DefaultValueFactory = _ => 9 };
    var command = new Command(name, description) { folder, rounds };
    command.SetAction(result => print(result.GetRequiredValue(folder), result.GetRequiredValue(rounds)));
    return command;
}

// Measurements start these in a fresh process.
static Command Child(string name, Action<string, string> run)
{
    var (first, second) = (new Argument<string>("first"), new Argument<string>("second"));
    var command = new Command(name) { first, second };
    command.Hidden = true;
    command.SetAction(result => run(result.GetRequiredValue(first), result.GetRequiredValue(second)));
    return command;
}
