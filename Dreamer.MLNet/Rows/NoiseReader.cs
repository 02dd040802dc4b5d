using Dreamer.Inference;
using Microsoft.ML;

namespace Dreamer.MLNet.Rows;

/// <summary>Finds the noise of rows that name their episode and their step in it.</summary>
internal sealed class NoiseReader(DataViewRow input, DataViewSchema.Column episodeId, DataViewSchema.Column step, ulong seed)
{
    private readonly ValueGetter<ReadOnlyMemory<char>> _readId = input.GetGetter<ReadOnlyMemory<char>>(episodeId);
    private readonly ValueGetter<long> _readStep = input.GetGetter<long>(step);
    private string? _id;
    private EpisodeNoise _noise;

    /// <summary>Advice if a column that identifies the noise is missing.</summary>
    internal static string AdviceWhereMissing(string option, object without) =>
        $"Samples are drawn by episode and step, so that scoring a recording again gives what the live session saw: name the columns, or set {option} to {without}.";

    /// <summary>Finds the noise of the input's current row.</summary>
    /// <exception cref="InvalidDataException">The row's step is negative.</exception>
    internal RowNoise Locate()
    {
        ReadOnlyMemory<char> id = default;
        _readId(ref id);
        if (_id is null || !id.Span.SequenceEqual(_id))
        {
            _id = id.ToString();
            _noise = new EpisodeNoise(seed, _id);
        }

        long number = 0;
        _readStep(ref number);
        if (number < 0)
        {
            throw new InvalidDataException($"Column '{step.Name}' is {number} at row {input.Position}; steps count from 0 at an episode's first row.");
        }
        return new RowNoise(_noise, number);
    }
}
