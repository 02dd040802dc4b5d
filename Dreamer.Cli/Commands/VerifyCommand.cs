using System.CommandLine;
using Dreamer.Inference.Verification;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer verify</c>: checks that an agent folder is intact and computes what it did when it was exported.</summary>
internal static class VerifyCommand
{
    internal static Command Create(IAnsiConsole console)
    {
        var agent = AgentArguments.Agent();
        var command = new Command(
            "verify", "Checks an agent folder: hashes, shapes and operators. Replays its test data, and compares random episodes played singly and in a batch.") { agent };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(agent);
            var outputs = AgentVerifier.Verify(path);
            var table = new Table().AddColumns("against", "graph", "output", "values", "max abs difference", "");
            foreach (var output in outputs)
            {
                table.AddRow(
                    Reference(output.Check),
                    output.Graph, output.Output, $"{output.Values}", $"{output.LargestDifference:E1}", output.Passed ? "[green]ok[/]" : "[red]differs[/]");
            }
            console.Write(table);
            var failed = outputs.Count(output => !output.Passed);
            console.MarkupLineInterpolated($"{path}: {outputs.Count} outputs compared, {failed} differ");
            return failed == 0 ? DreamerCommandLine.Success : DreamerCommandLine.Failure;
        });
        return command;
    }

    private static string Reference(VerificationCheck check) => check switch
    {
        VerificationCheck.TestData => "test_data",
        VerificationCheck.RecurrentLoop => $"{AgentVerifier.LoopSteps} steps",
        _ => "single steps",
    };
}
