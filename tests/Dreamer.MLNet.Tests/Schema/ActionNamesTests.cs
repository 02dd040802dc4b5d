using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Xunit;

namespace Dreamer.MLNet.Tests.Schema;

/// <summary>Actions are found by name, whatever order a key column or one-hot encoding has.</summary>
public sealed class ActionNamesTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly DreamerAgent _agent = SyntheticAgent.Small.Load();
    private readonly Recording _recording = Recording.Usual();

    public void Dispose() => _agent.Dispose();

    [Theory]
    [InlineData(ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence)]
    [InlineData(ValueToKeyMappingEstimator.KeyOrdinality.ByValue)]
    public void Keys_in_any_order_are_mapped_by_name(ValueToKeyMappingEstimator.KeyOrdinality order)
    {
        var view = Score(_ml.Transforms.Conversion.MapValueToKey("Action", "Word", keyOrdinality: order), Words());
        Assert.Equal(_recording.Live.Select(row => row.Latent), view.Vectors("Latent"));
    }

    [Fact]
    public void One_hot_slots_in_any_order_are_mapped_by_name()
    {
        var view = Score(_ml.Transforms.Categorical.OneHotEncoding("Action", "Word"), Words(first: "left"));
        Assert.Equal(_recording.Live.Select(row => row.Latent), view.Vectors("Latent"));
    }

    [Fact]
    public void Unknown_names_are_refused_with_those_that_are_known()
    {
        var words = Words().Select(row => new WordRow(row) { Word = row.Word == "left" ? "Left" : row.Word });
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Score(_ml.Transforms.Conversion.MapValueToKey("Action", "Word"), words));
        Assert.Contains("'Left', which the agent does not know; its actions are left, stay, right", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ActionTiming.LedHere)]
    [InlineData(ActionTiming.TakenHere)]
    public void A_missing_key_in_the_middle_of_an_episode_is_refused(ActionTiming timing)
    {
        // Words that are not in the key data become the missing key.
        var names = _ml.Data.LoadFromEnumerable(_agent.Manifest.Action.Names!.Select(name => new Name { Word = name }));
        var words = Words().Select((row, i) => new WordRow(row) { Word = i == 5 ? "jump" : row.Word.Length == 0 ? "stay" : row.Word });
        var view = Score(_ml.Transforms.Conversion.MapValueToKey("Action", "Word", keyData: names), words, timing);
        var error = Assert.Throws<InvalidDataException>(() => view.Vectors("Latent"));
        Assert.Contains($"has no action for the step that led to row {(timing == ActionTiming.LedHere ? 5 : 6)}, episode 'episode-0'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_one_hot_of_an_unknown_word_is_refused()
    {
        var names = _ml.Data.LoadFromEnumerable(_agent.Manifest.Action.Names!.Select(name => new Name { Word = name }));
        var words = Words(first: "stay").Select((row, i) => new WordRow(row) { Word = i == 5 ? "jump" : row.Word });
        var view = Score(_ml.Transforms.Categorical.OneHotEncoding("Action", "Word", keyData: names), words);
        Assert.Contains(
            "has no action for the step that led to row 5", Assert.Throws<InvalidDataException>(() => view.Vectors("Latent")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_compares_keys_by_name()
    {
        var view = Score(_ml.Transforms.Conversion.MapValueToKey("Action", "Word", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue), Words());
        var acted = _ml.Transforms.SelectAction(_agent, new SelectActionOptions()).Append(_ml.Transforms.PredictOutcome(_agent, new PredictOutcomeOptions())).Fit(view).Transform(view);
        var ended = _ml.Transforms.CustomMapping<EmptyRow, EndRow>((_, end) => end.IsTerminal = false, null).Fit(acted).Transform(acted);
        Assert.Equal(1, _ml.Dreamer().Evaluate(ended).ActionAgreement);
    }

    private IDataView Score(IEstimator<ITransformer> action, IEnumerable<WordRow> rows, ActionTiming timing = ActionTiming.LedHere)
    {
        var data = _ml.Data.LoadFromEnumerable(rows);
        return action.Append(_ml.Transforms.EncodeObservation("Embedding", "Image", _agent))
            .Append(_ml.Transforms.ObserveLatentState(_agent, new ObserveLatentStateOptions { Seed = 3, ActionTiming = timing })).Fit(data).Transform(data);
    }

    private IEnumerable<WordRow> Words(string first = "") => _recording.Rows.Select(row => new WordRow
    {
        EpisodeId = row.EpisodeId, Step = row.Step, IsFirst = row.IsFirst, Image = row.Image, Reward = row.Reward,
        Word = row.IsFirst ? first : _agent.Manifest.Action.Names![Array.IndexOf(row.Action, 1f)],
    });

    private sealed class EmptyRow;

    private sealed class EndRow
    {
        public bool IsTerminal { get; set; }
    }

    private sealed class Name
    {
        public string Word { get; set; } = "";
    }

    private sealed class WordRow
    {
        public WordRow()
        {
        }

        public WordRow(WordRow other) =>
            (EpisodeId, Step, IsFirst, Reward, Word, Image) = (other.EpisodeId, other.Step, other.IsFirst, other.Reward, other.Word, other.Image);

        public string EpisodeId { get; set; } = "";

        public long Step { get; set; }

        public bool IsFirst { get; set; }

        public float Reward { get; set; }

        public string Word { get; set; } = "";

        [VectorType(6, 5, 1)]
        public byte[] Image { get; set; } = [];
    }
}
