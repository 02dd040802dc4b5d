namespace Dreamer.MLNet.Persistence;

/// <summary>The table of contents of a pipeline in the library's own format.</summary>
/// <param name="FormatVersion">The format's version.</param>
/// <param name="Transformers">The steps, in order.</param>
internal sealed record SavedPipeline(int FormatVersion, IReadOnlyList<SavedTransformer> Transformers)
{
    internal const int CurrentFormatVersion = 1;
}

/// <summary>One step.</summary>
/// <param name="Kind">Names the transformer and the version of its saved form.</param>
/// <param name="Parts">The names of its parts; each lies in the folder of the step's number.</param>
internal sealed record SavedTransformer(string Kind, IReadOnlyList<string> Parts);
