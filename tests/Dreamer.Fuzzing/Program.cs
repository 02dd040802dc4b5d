using System.Globalization;
using Dreamer.Fuzzing;

switch (args)
{
    case [RuntimeLoop.Argument, var folder, var work]:
        RuntimeLoop.Run(folder, work);
        return 0;
    case [var folder, var count, var seed]:
        var report = Fuzzer.Run(folder, int.Parse(count, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture));
        Console.Write(report);
        return report.Failures.Count == 0 ? 0 : 1;
    default:
        Console.Error.WriteLine("usage: Dreamer.Fuzzing AGENT_FOLDER COUNT SEED");
        return 2;
}
