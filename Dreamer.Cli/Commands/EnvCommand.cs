using System.CommandLine;
using Dreamer.Training;
using Dreamer.Training.Environments;
using Dreamer.Training.Runs;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer env</c>: lists the environments, or checks one against the environment contract.</summary>
internal static class EnvCommand
{
    private const int DefaultSteps = 1000;

    internal static Command Create(IAnsiConsole console) => new("env", "Lists the built-in environments, or checks one against the contract of IEnvironment.")
    {
        CreateList(console),
        CreateCheck(console),
    };

    private static Command CreateList(IAnsiConsole console)
    {
        var command = new Command("list", "Lists the built-in environments.");
        command.SetAction(_ =>
        {
            var table = new Table().AddColumns("environment", "observation", "action");
            foreach (var name in EnvironmentRegistry.Default.Names)
            {
                var environment = EnvironmentRegistry.Default.Create(name, seed: 0);
                table.AddRow(
                    new Text(name), new Text(SpaceText.Describe(environment.ObservationSpace)), new Text(SpaceText.Describe(environment.ActionSpace)));
            }
            console.Write(table);
        });
        return command;
    }

    private static Command CreateCheck(IAnsiConsole console)
    {
        var name = new Argument<string?>("name")
        {
            Description = $"A built-in environment: {string.Join(", ", EnvironmentRegistry.Default.Names)}.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var environment = new EnvironmentArguments("none");
        var steps = new Option<int>("--steps") { Description = "The number of steps per comparison.", DefaultValueFactory = _ => DefaultSteps };
        var seed = AgentArguments.Seed();
        var command = new Command("check", "Plays an environment with random actions and reports violations of the contract of IEnvironment.") { name, steps, seed };
        environment.AddPluginTo(command);
        command.SetAction(parsed =>
        {
            var options = Choose(environment, parsed, parsed.GetValue(name));
            return Check(console, options, parsed.GetValue(steps), parsed.GetValue(seed)) ? DreamerCommandLine.Success : DreamerCommandLine.Failure;
        });
        return command;
    }

    private static DreamerOptions Choose(EnvironmentArguments environment, ParseResult parsed, string? name)
    {
        var unset = new DreamerOptions();
        var options = environment.Choose(parsed, name, unset);
        return options != unset ? options
            : throw new ArgumentException("No environment given. Name one that 'dreamer env list' shows, or pass --env-assembly.", nameof(name));
    }

    private static bool Check(IAnsiConsole console, DreamerOptions options, int steps, ulong seed)
    {
        using var created = new CreatedEnvironments(EnvironmentSource.Find(options));
        var (sample, checks) = (created.Create(seed), EnvironmentConformance.Inspect(created.Create, steps, seed));
        console.MarkupLineInterpolated($"environment  {options.Environment}");
        console.MarkupLineInterpolated($"observation  {SpaceText.Describe(sample.ObservationSpace)}");
        console.MarkupLineInterpolated($"action       {SpaceText.Describe(sample.ActionSpace)}");
        var table = new Table().AddColumns("check", "result", "details");
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
