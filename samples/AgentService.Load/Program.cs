using System.CommandLine;
using AgentService.Load;

var url = new Option<string>("--url") { Description = "the service's address", DefaultValueFactory = _ => "http://localhost:5080" };
var sessions = new Option<int>("--sessions") { Description = "clients at once", DefaultValueFactory = _ => 16 };
var rate = new Option<double>("--rate") { Description = "steps a second over all clients, 0 for as many as are answered" };
var seconds = new Option<double>("--seconds") { Description = "how long", DefaultValueFactory = _ => 10 };
var transport = new Option<Transport>("--transport") { Description = "Http: a request a step; WebSocket: a message a step" };
var length = new Option<int>("--episode") { Description = "steps until a session ends and another begins", DefaultValueFactory = _ => 100 };
var noEcho = new Option<bool>("--no-echo") { Description = "without the echo, which follows every step otherwise" };
var allow = new Option<bool>("--allow-rejections") { Description = "\"full\" and \"busy\" are counted, but not as errors" };
var pause = new Option<double>("--pause") { Description = "seconds that a client waits that was turned away", DefaultValueFactory = _ => 1 };
var rejectionTime = new Option<double?>("--max-rejection") { Description = "largest p99 of a rejection, in milliseconds" };
var untilGone = new Option<bool>("--until-gone") { Description = "the service will be stopped: ends when it is gone" };
var pid = new Option<int?>("--pid") { Description = "the service's process, for its memory" };
var reload = new Option<string[]>("--reload")
{
    Description = "agents to take in turn; names that begin with bad must be refused", AllowMultipleArgumentsPerToken = true,
};
var reloadEvery = new Option<double>("--reload-every") { Description = "seconds between reloads", DefaultValueFactory = _ => 30 };
var reloadKey = new Option<string?>("--reload-key") { Description = "the key of the reload endpoint" };
var echoTimes = new Option<double?>("--max-echo-times") { Description = "largest p99 of a step: the agent's median plus this multiple of the echo's p99" };
var slope = new Option<double?>("--max-slope") { Description = "megabytes a minute that the service's memory may grow" };
var warmUp = new Option<double>("--warm-up") { Description = "seconds before memory counts", DefaultValueFactory = _ => 120 };

var root = new RootCommand("Puts a bounded load on an agent service and reports the result.")
{
    url, sessions, rate, seconds, transport, length, noEcho, allow, pause, rejectionTime, untilGone, pid, reload, reloadEvery, reloadKey, echoTimes, slope, warmUp,
};
root.SetAction(async (parsed, _) => await new LoadRun(new LoadOptions
{
    Url = new Uri(parsed.GetRequiredValue(url)),
    Sessions = parsed.GetValue(sessions),
    Rate = parsed.GetValue(rate),
    Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
    Transport = parsed.GetValue(transport),
    EpisodeLength = parsed.GetValue(length),
    Echo = !parsed.GetValue(noEcho),
    RejectionsAllowed = parsed.GetValue(allow),
    Pause = TimeSpan.FromSeconds(parsed.GetValue(pause)),
    RejectionTime = parsed.GetValue(rejectionTime) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
    UntilGone = parsed.GetValue(untilGone),
    ProcessId = parsed.GetValue(pid),
    Reloads = parsed.GetValue(reload) ?? [],
    ReloadEvery = TimeSpan.FromSeconds(parsed.GetValue(reloadEvery)),
    ReloadKey = parsed.GetValue(reloadKey),
    EchoTimes = parsed.GetValue(echoTimes),
    MemorySlope = parsed.GetValue(slope),
    MemoryWarmUp = TimeSpan.FromSeconds(parsed.GetValue(warmUp)),
}).RunAsync(Console.Out) ? 0 : 1);

var agent = new Argument<string>("agent") { Description = "an agent folder" };
var folder = new Argument<string>("folder") { Description = "the folder for the copies" };
var count = new Argument<int>("count") { Description = "how many of each" };
var variants = new Command("variants", "Copies an agent: good-1, good-2 and so on, with other bytes and the same answers, and bad ones.")
{
    agent, folder, count,
};
variants.SetAction(parsed => AgentVariants.Write(parsed.GetRequiredValue(agent), parsed.GetRequiredValue(folder), parsed.GetValue(count)));
root.Add(variants);
return await root.Parse(args).InvokeAsync();
