using System.CommandLine;
using Dreamer.Training;
using Dreamer.Training.Environments;
using Dreamer.Training.Runs;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer env</c>: which environments there are, and whether one keeps to the contract.</summary>
internal static class EnvCommand
{
    private const int DefaultSteps = 1000;

    internal static Command Create(IAnsiConsole console) => new("env", "Lists environments, and checks one against the contract of IEnvironment.")
    {
        CreateList(console),
        CreateCheck(console),
    };

    private static Command CreateList(IAnsiConsole console)
    {
        var command = new Command("list", "Lists the environments that come with this program.");
        command.SetAction(_ =>
        {
            var table = new Table().AddColumns("environment", "sees", "does");
            foreach (var name in EnvironmentRegistry.Default.Names)
            {
                var environment = EnvironmentRegistry.Default.Create(name, seed: 0);
                table.AddRow(
                    new Text(name), new Text(SpaceText.Of(environment.ObservationSpace)), new Text(SpaceText.Of(environment.ActionSpace)));
            }
            console.Write(table);
        });
        return command;
    }

    private static Command CreateCheck(IAnsiConsole console)
    {
        var name = new Argument<string?>("name")
        {
            Description = $"The environment, where it comes with this program: {string.Join(", ", EnvironmentRegistry.Default.Names)}.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var environment = new EnvironmentArguments("none");
        var steps = new Option<int>("--steps") { Description = "How many steps are played in each comparison.", DefaultValueFactory = _ => DefaultSteps };
        var seed = AgentArguments.Seed();
        var command = new Command("check", "Plays an environment with random actions, and says where it breaks the contract of IEnvironment.") { name, steps, seed };
        environment.AddPluginTo(command);
        command.SetAction(parsed =>
        {
            var options = Chosen(environment, parsed, parsed.GetValue(name));
            return Check(console, options, parsed.GetValue(steps), parsed.GetValue(seed)) ? DreamerCommandLine.Success : DreamerCommandLine.Failure;
        });
        return command;
    }

    private static DreamerOptions Chosen(EnvironmentArguments environment, ParseResult parsed, string? name)
    {
        var nothing = new DreamerOptions();
        var options = environment.Choose(parsed, name, nothing);
        return options != nothing ? options
            : throw new ArgumentException("Which environment? Name one that 'dreamer env list' shows, or an --env-assembly.", nameof(name));
    }

    private static bool Check(IAnsiConsole console, DreamerOptions options, int steps, ulong seed)
    {
        var factory = EnvironmentSource.Find(options);
        var (sample, checks) = (factory(seed), EnvironmentConformance.Inspect(factory, steps, seed));
        console.MarkupLineInterpolated($"environment  {options.Environment}");
        console.MarkupLineInterpolated($"sees         {SpaceText.Of(sample.ObservationSpace)}");
        console.MarkupLineInterpolated($"does         {SpaceText.Of(sample.ActionSpace)}");
        var table = new Table().AddColumns("check", "result", "what was done");
        foreach (var check in checks)
        {
            table.AddRow(new Text(check.Name), new Markup(check.Passed ? "[green]passed[/]" : "[red]failed[/]"), new Text(check.Found));
        }
        console.Write(table);
        foreach (var problem in checks.SelectMany(check => check.Problems.Select(problem => $"{check.Name}: {problem}")))
        {
            console.MarkupLineInterpolated($"[red]{problem}[/]");
        }
        return checks.All(check => check.Passed);
    }
}
