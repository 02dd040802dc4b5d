using AgentService.Problems;

namespace AgentService.Wire;

/// <summary>What an answer to a step contains in addition to the action.</summary>
[Flags]
internal enum AnswerParts
{
    None = 0,
    Outcome = 1,
    Surprise = 2,
    Probabilities = 4,
    All = Outcome | Surprise | Probabilities,
}

/// <summary>Reads <see cref="AnswerParts"/> of an address.</summary>
internal static class AnswerPartsText
{
    /// <summary>Reads names with commas between them.</summary>
    /// <param name="text">The names; without one, <see cref="AnswerParts.All"/>.</param>
    /// <exception cref="ProblemException">A name is none.</exception>
    public static AnswerParts Parse(string? text)
    {
        if (text is null)
        {
            return AnswerParts.All;
        }
        var parts = AnswerParts.None;
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            // Numbers would be taken by Enum.TryParse.
            if (!char.IsAsciiLetter(name.FirstOrDefault()) || !Enum.TryParse<AnswerParts>(name, ignoreCase: true, out var part))
            {
                throw new ProblemException(
                    Problem.InvalidOptions, $"'outputs' names '{name}'; allowed are outcome, surprise, probabilities, all and none.");
            }
            parts |= part;
        }
        return parts;
    }
}
