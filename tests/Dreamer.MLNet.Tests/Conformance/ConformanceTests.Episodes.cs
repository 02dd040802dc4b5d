using System.IO.Compression;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Tests.Conformance;

public sealed partial class ConformanceTests
{
    [Theory]
    [MemberData(nameof(Names))]
    public void Columns_of_other_dimensions_are_refused_by_name_found_and_expected(string name)
    {
        var (subject, data) = Take(name);
        foreach (var input in subject.Inputs.Where(input => data.Schema[input].Type is VectorDataViewType))
        {
            var wide = _ml.Transforms.Concatenate(input, input, input).Fit(data).Transform(data);

            var error = Assert.Throws<ArgumentOutOfRangeException>(() => subject.Create(_ml, _agent).Fit(wide));

            Assert.Contains($"Column '{input}' is {wide.Schema[input].Type}", error.Message, StringComparison.Ordinal);
            Assert.Contains("expects", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Saved_loaded_and_saved_again_they_are_the_same(string name)
    {
        var (subject, data) = Take(name);
        var model = subject.Create(_ml, _agent).Fit(data);
        using var first = Save(model, data.Schema);

        var loaded = new MLContext().Model.Load(first, out var schema);
        using var second = Save(loaded, schema);

        Assert.Equal(Cells(model.Transform(data), subject.Outputs), Cells(loaded.Transform(data), subject.Outputs));
        Assert.Equal(Entries(first), Entries(second));
        (loaded as IDisposable)?.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Episodes_of_one_row_are_what_they_are_alone(string name)
    {
        var subject = Subject.All.First(s => s.Name == name);
        var rows = Episodes(20, rowsEach: 1);
        string[] CellsOf(IEnumerable<LoggedRow> some)
        {
            var data = subject.Data(_ml, _agent, some);
            using var model = (IDisposable)subject.Create(_ml, _agent).Fit(data);
            return Cells(((ITransformer)model).Transform(data), subject.Outputs);
        }

        Assert.Equal(rows.Take(5).SelectMany(row => CellsOf([row])), CellsOf(rows).Take(5));
    }

    [Theory]
    [InlineData("ObserveLatentState interleaved")]
    [InlineData("ScoreEpisodes interleaved")]
    public void A_thousand_interleaved_episodes_are_what_they_are_one_after_the_other(string name)
    {
        var subject = Subject.All.First(s => s.Name == name);
        var rows = Episodes(1000, rowsEach: 3);
        Dictionary<string, string> CellsOf(IEnumerable<LoggedRow> some)
        {
            var data = subject.Data(_ml, _agent, some);
            var view = subject.Create(_ml, _agent).Fit(data).Transform(data);
            return Cells(view, ["EpisodeId", .. subject.Outputs]).Zip(view.Longs("Step"), (cells, step) => (Key: $"{cells.Split('|')[0]} {step}", cells))
                .ToDictionary(row => row.Key, row => row.cells);
        }

        var expected = CellsOf(rows);
        var found = CellsOf(rows.OrderBy(row => row.Step).ThenBy(row => row.EpisodeId.Reverse().First()).ThenBy(row => row.EpisodeId));

        Assert.Equal(3000, found.Count);
        Assert.All(found, row => Assert.Equal(expected[row.Key], row.Value));
    }

    private static List<LoggedRow> Episodes(int count, int rowsEach)
    {
        var random = new Random(8);
        return [.. Enumerable.Range(0, count * rowsEach).Select(i =>
        {
            var step = i % rowsEach;
            var row = new LoggedRow
            {
                EpisodeId = $"e{i / rowsEach:D4}", Step = step, IsFirst = step == 0, IsLast = step == rowsEach - 1, Action = new float[3], Image = new byte[30],
            };
            row.Action[random.Next(3)] = step == 0 ? 0 : 1;
            random.NextBytes(row.Image);
            return row;
        })];
    }

    private MemoryStream Save(ITransformer model, DataViewSchema schema)
    {
        var stream = new MemoryStream();
        _ml.Model.Save(model, schema, stream);
        stream.Position = 0;
        return stream;
    }

    private static List<(string Name, string Content)> Entries(MemoryStream saved)
    {
        using var archive = new ZipArchive(new MemoryStream(saved.ToArray()), ZipArchiveMode.Read);
        return [.. archive.Entries.Select(entry =>
        {
            using var content = new MemoryStream();
            using var opened = entry.Open();
            opened.CopyTo(content);
            return (entry.FullName, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(content.ToArray())));
        }).OrderBy(entry => entry.FullName, StringComparer.Ordinal)];
    }
}
