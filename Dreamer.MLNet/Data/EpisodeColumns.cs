using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet;

/// <summary>The columns of recorded episodes.</summary>
internal sealed class EpisodeColumns
{
    internal const string EpisodeId = "EpisodeId";
    internal const string Step = "Step";
    internal const string IsFirst = "IsFirst";
    internal const string IsLast = "IsLast";
    internal const string IsTerminal = "IsTerminal";
    internal const string Reward = "Reward";
    internal const string Action = "Action";
    internal const string Image = "Image";
    internal const string Vector = "Vector";

    private readonly ImageShape? _image;
    private readonly int _vectorSize;
    private readonly int _actionSize;

    private readonly string _file;

    /// <summary>The columns that an episode has.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="file">Its file.</param>
    internal EpisodeColumns(Episode episode, string file)
    {
        _file = file;
        (_image, _vectorSize, _actionSize) = (episode.ImageShape, episode.VectorSize, episode.ActionSize);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(EpisodeId, TextDataViewType.Instance);
        builder.AddColumn(Step, NumberDataViewType.Int64);
        builder.AddColumn(IsFirst, BooleanDataViewType.Instance);
        builder.AddColumn(IsLast, BooleanDataViewType.Instance);
        builder.AddColumn(IsTerminal, BooleanDataViewType.Instance);
        builder.AddColumn(Reward, NumberDataViewType.Single);
        builder.AddColumn(Action, new VectorDataViewType(NumberDataViewType.Single, _actionSize));
        if (_image is not null)
        {
            builder.AddColumn(Image, new VectorDataViewType(NumberDataViewType.Byte, _image.Height, _image.Width, _image.Channels));
        }
        if (_vectorSize > 0)
        {
            builder.AddColumn(Vector, new VectorDataViewType(NumberDataViewType.Single, _vectorSize));
        }
        Schema = builder.ToSchema();
    }

    /// <summary>The columns as a schema.</summary>
    internal DataViewSchema Schema { get; }

    /// <summary>The parts of a file that a column needs.</summary>
    internal static EpisodeParts PartOf(string column) => column switch
    {
        Image => EpisodeParts.Images,
        Vector => EpisodeParts.Vectors,
        Action => EpisodeParts.Actions,
        _ => EpisodeParts.None,
    };

    /// <summary>Checks that an episode has the same columns, and that its flags are those of whole episodes.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="file">Its file.</param>
    /// <exception cref="InvalidEpisodeException">Its columns differ, or it is incomplete; the message names the file, what was found and what is expected.</exception>
    internal void Check(Episode episode, string file)
    {
        if (episode.ImageShape != _image || episode.VectorSize != _vectorSize || episode.ActionSize != _actionSize)
        {
            throw new InvalidEpisodeException(
                $"'{file}' has {Describe(episode.ImageShape, episode.VectorSize, episode.ActionSize)}; expected, as in '{_file}', " +
                $"{Describe(_image, _vectorSize, _actionSize)}. Episodes of different shapes need views of their own.");
        }
        if (EpisodeCheck.FlagErrors(episode).ToList() is { Count: > 0 } errors)
        {
            throw new InvalidEpisodeException($"'{file}' is not a recording of whole episodes: {string.Join("; ", errors)}.");
        }
    }

    private static string Describe(ImageShape? image, int vectorSize, int actionSize) =>
        $"{(image is null ? "no image" : $"images {image}")}, {(vectorSize == 0 ? "no vector" : $"vectors of {vectorSize}")} and actions of {actionSize}";
}
