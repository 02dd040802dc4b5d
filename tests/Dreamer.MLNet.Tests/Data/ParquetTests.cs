using Dreamer.Inference.Episodes;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;
using Parquet;
using Parquet.Schema;

namespace Dreamer.MLNet.Tests.Data;

public sealed class ParquetTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Episodes_go_on_over_row_groups()
    {
        var rows = Enumerable.Range(0, 10_000).Select(row => new Row { EpisodeId = $"e{row / 3000}", IsFirst = row % 3000 == 0, Reward = row }).ToArray();
        var path = _folder.File("long.parquet");
        _ml.Data.SaveAsEpisodes(_ml.Data.LoadFromEnumerable(rows), path);

        var loaded = _ml.Data.LoadFromEpisodes(path);

        Assert.Equal(rows.Select(row => row.Reward), loaded.Singles("Reward"));
        Assert.Equal(rows.Select(row => row.EpisodeId), loaded.Texts("EpisodeId"));
        Assert.Equal(rows.Select((_, row) => row % 3000L), loaded.Longs("Step"));
    }

    [Fact]
    public async Task Other_tools_read_columns_as_lists_names_and_bytes()
    {
        var data = _ml.Data.LoadFromEnumerable(Recording.Usual().Rows);
        using var agent = SyntheticAgent.Small.Load();
        var scored = _ml.Transforms.ScoreEpisodes(agent).Fit(data).Transform(data);
        var path = _folder.File("scores.parquet");

        _ml.Data.SaveAsParquet(scored, path, "EpisodeId", "PredictedAction", "PredictedValue", "Latent", "Image");

        await using var reader = await ParquetReader.CreateAsync(path);
        Assert.Equal(["EpisodeId", "PredictedAction", "PredictedValue", "Latent", "Image"], reader.Schema.Fields.Select(field => field.Name));
        Assert.Equal("6,5,1", reader.CustomMetadata["Image.shape"]);
        using var group = reader.OpenRowGroupReader(0);
        var rows = (int)group.RowCount;
        var (actions, values) = (new string[rows], new float[rows]);
        await group.ReadAsync(reader.Schema.FindDataField("PredictedAction"), actions.AsMemory()!);
        await group.ReadAsync<float>(reader.Schema.FindDataField("PredictedValue"), values);
        Assert.Equal(scored.Keys("PredictedAction").Select(key => SyntheticAgent.Small.Manifest.Action.Names![(int)key - 1]), actions);
        Assert.Equal(scored.Singles("PredictedValue"), values);
        var latent = Assert.IsType<ListField>(reader.Schema.Fields[3]);
        Assert.Equal(typeof(float), Assert.IsType<DataField>(latent.Item).ClrType);
    }

    [Fact]
    public void Equal_rows_are_equal_files()
    {
        var data = _ml.Data.LoadFromEnumerable(Recording.Usual().Rows);
        _ml.Data.SaveAsParquet(data, _folder.File("a.parquet"));
        _ml.Data.SaveAsParquet(data, _folder.File("b.parquet"));
        Assert.Equal(File.ReadAllBytes(_folder.File("a.parquet")), File.ReadAllBytes(_folder.File("b.parquet")));
    }

    [Fact]
    public void A_column_that_is_not_written_is_refused_and_leaves_no_file()
    {
        var data = _ml.Data.LoadFromEnumerable([new { When = DateTime.UnixEpoch }]);
        var error = Assert.Throws<ArgumentException>(() => _ml.Data.SaveAsParquet(data, _folder.File("a.parquet")));
        Assert.Contains("'When' is DateTime", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("Reward", "has no column 'Reward'")]
    [InlineData("EpisodeId", "has no column 'EpisodeId'")]
    public void A_file_without_an_episodes_columns_is_refused(string missing, string expected)
    {
        var data = _ml.Data.LoadFromEnumerable(Recording.Usual().Rows);
        var full = _folder.File("full.parquet");
        _ml.Data.SaveAsEpisodes(data, full);
        var loaded = _ml.Data.LoadFromEpisodes(full);
        var path = _folder.File("missing.parquet");
        _ml.Data.SaveAsParquet(loaded, path, [.. loaded.Schema.Select(column => column.Name).Where(name => name != missing)]);

        var error = Assert.Throws<InvalidEpisodeException>(() => _ml.Data.LoadFromEpisodes(path));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("missing.parquet", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Seeded damage anywhere in the file: it is refused by name, or reads; nothing else is thrown.</summary>
    [Fact]
    public void Damaged_files_are_refused()
    {
        var path = _folder.File("whole.parquet");
        _ml.Data.SaveAsEpisodes(_ml.Data.LoadFromEnumerable(Recording.Usual().Rows), path);
        var (bytes, random) = (File.ReadAllBytes(path), new Random(3));
        var refused = 0;
        for (var i = 0; i < 200; i++)
        {
            byte[] damaged = i % 2 == 0 ? bytes[..random.Next(bytes.Length)] : [.. bytes];
            if (i % 2 == 1)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }
            File.WriteAllBytes(_folder.File("damaged.parquet"), damaged);
            try
            {
                _ml.Data.LoadFromEpisodes(_folder.File("damaged.parquet")).Singles("Reward");
            }
            catch (InvalidEpisodeException e)
            {
                Assert.Contains("damaged.parquet", e.Message, StringComparison.Ordinal);
                refused++;
            }
        }
        Assert.InRange(refused, 100, 200);
    }

    private sealed class Row
    {
        public string EpisodeId { get; set; } = "";

        public bool IsFirst { get; set; }

        public float Reward { get; set; }

        [VectorType(1)]
        public float[] Action { get; set; } = [1];

        [VectorType(1)]
        public float[] Vector { get; set; } = [2];
    }
}
