using System.Globalization;
using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Tests.Conformance;

/// <summary>What every estimator does, whatever it computes.</summary>
public sealed partial class ConformanceTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly DreamerAgent _agent = SyntheticAgent.Small.Load();
    private readonly IReadOnlyList<LoggedRow> _rows = Recording.Usual().Rows;

    public static TheoryData<string> Names => [.. Subject.All.Select(subject => subject.Name)];

    public void Dispose() => _agent.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void The_schema_promised_is_the_schema_delivered(string name)
    {
        var (subject, data) = Take(name);
        var estimator = subject.Create(_ml, _agent);
        var view = estimator.Fit(data).Transform(data);

        var promised = Schema.ShapeOf(estimator, data.Schema).ToDictionary(column => column.Name);
        foreach (var column in view.Schema)
        {
            var promise = promised[column.Name];
            var item = (column.Type as VectorDataViewType)?.ItemType ?? column.Type;
            Assert.Equal(column.Type is VectorDataViewType, promise.Kind == SchemaShape.Column.VectorKind.Vector);
            Assert.Equal(item is KeyDataViewType, promise.IsKey);
            Assert.Equal(item.RawType, promise.ItemType.RawType);
        }
        Assert.Equal(data.Schema.Select(column => column.Name).Concat(subject.Outputs), view.Schema.Select(column => column.Name));
        Assert.Equal(view.Schema.Select(Describe), subject.Create(_ml, _agent).Fit(data).GetOutputSchema(data.Schema).Select(Describe));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Columns_of_other_types_are_refused_by_name_found_and_expected(string name)
    {
        var (subject, data) = Take(name);
        foreach (var input in subject.Inputs)
        {
            var wrong = _ml.Transforms.CopyColumns(input, "Wrong").Fit(Widen(data)).Transform(Widen(data));

            var estimator = subject.Create(_ml, _agent);
            var fitted = Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Fit(wrong));
            var chained = Assert.Throws<ArgumentOutOfRangeException>(() => Schema.ShapeOf(estimator, wrong.Schema));
            var transformed = Assert.Throws<ArgumentOutOfRangeException>(() => subject.Create(_ml, _agent).Fit(data).Transform(wrong));

            foreach (var error in new[] { fitted, chained, transformed })
            {
                Assert.Contains($"Column '{input}' is", error.Message, StringComparison.Ordinal);
                Assert.Contains("expects", error.Message, StringComparison.Ordinal);
            }
            Assert.Contains(subject.IsChain ? "Vector<Double>" : "Vector<Double, 2>", fitted.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Missing_columns_are_refused_by_name(string name)
    {
        var (subject, data) = Take(name);
        foreach (var input in subject.Inputs)
        {
            var without = _ml.Transforms.DropColumns(input).Fit(data).Transform(data);
            var estimator = subject.Create(_ml, _agent);

            foreach (var error in new[]
            {
                Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Fit(without)),
                Assert.Throws<ArgumentOutOfRangeException>(() => Schema.ShapeOf(estimator, without.Schema)),
            })
            {
                Assert.Contains($"Column '{input}', which", error.Message, StringComparison.Ordinal);
                Assert.Contains("ColumnName", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Unused_columns_cost_nothing(string name)
    {
        var (subject, data) = Take(name);
        var counting = new CountingView(data);
        var view = subject.Create(_ml, _agent).Fit(counting).Transform(counting);

        Assert.Equal(_rows.Select(row => row.Reward), view.Singles("Reward"));
        Assert.Equal(_rows.Select(row => row.Reward), view.InParallel("Reward", 3, (float value) => value));
        Assert.Equal(["Reward"], counting.Values.Keys);
        Assert.All(counting.Opened, columns => Assert.Equal(["Reward"], columns));

        using var cursor = view.GetRowCursor([view.Schema["Reward"]]);
        Assert.False(cursor.IsColumnActive(view.Schema[subject.Outputs[0]]));
        Assert.ThrowsAny<InvalidOperationException>(() => cursor.GetGetter<float>(view.Schema["Step"]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rows_keep_their_order_under_parallel_cursors(string name)
    {
        var (subject, data) = Take(name);
        var view = subject.Create(_ml, _agent).Fit(data).Transform(data);
        var expected = Cells(view, subject.Outputs);

        foreach (var cursors in new[] { 1, 2, 5 })
        {
            Assert.Equal(_rows.Select(row => row.EpisodeId), ParallelWith(view, subject.Outputs[0], "EpisodeId", cursors));
        }
        // A stock row mapper behind opens a set of cursors and merges them.
        var behind = _ml.Transforms.CopyColumns("Copied", subject.Outputs[0]).Fit(view).Transform(view);
        Assert.Equal(expected, Cells(behind, subject.Outputs));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Previews_caches_skips_filters_and_shuffles_give_the_same_rows(string name)
    {
        var (subject, data) = Take(name);
        var view = subject.Create(_ml, _agent).Fit(data).Transform(data);
        var expected = Cells(view, subject.Outputs);

        Assert.Equal(expected, Cells(_ml.Data.Cache(view), subject.Outputs));
        Assert.Equal(expected[10..], Cells(_ml.Data.SkipRows(view, 10), subject.Outputs));
        Assert.Equal(expected[..10], Cells(_ml.Data.TakeRows(view, 10), subject.Outputs));
        Assert.Equal(expected.Where((_, i) => _rows[i].Reward >= 0.5f), Cells(_ml.Data.FilterRowsByColumn(view, "Reward", 0.5), subject.Outputs));
        Assert.Equal(expected.Order(), Cells(_ml.Data.ShuffleRows(view, 4), subject.Outputs).Order());
        Assert.Equal(expected.Order(), Cells(_ml.Data.ShuffleRows(_ml.Data.Cache(view), 4), subject.Outputs).Order());

        var preview = view.Preview(8);
        Assert.Equal(_rows.Take(8).Select(row => row.EpisodeId), preview.RowView.Select(row => row.Values.First(v => v.Key == "EpisodeId").Value.ToString()));
        Assert.Equal(8, preview.RowView.Length);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_shuffled_source_gives_the_same_rows(string name)
    {
        var (subject, data) = Take(name);
        var cached = _ml.Data.Cache(data);
        var view = subject.Create(_ml, _agent).Fit(cached).Transform(cached);
        var expected = Cells(view, subject.Outputs);

        Assert.Equal(!subject.IsRecurrent, view.CanShuffle);
        Assert.Equal(expected.Order(), Cells(view, subject.Outputs, new Random(4)).Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_rows_give_no_rows(string name)
    {
        var subject = Subject.All.First(s => s.Name == name);
        var data = subject.Data(_ml, _agent, []);
        var view = subject.Create(_ml, _agent).Fit(data).Transform(data);

        Assert.Empty(Cells(view, subject.Outputs));
        Assert.Empty(ParallelWith(view, subject.Outputs[0], "EpisodeId", 3));
        Assert.Empty(view.Preview().RowView);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Prediction_engines_give_what_views_give(string name)
    {
        var (subject, data) = Take(name);
        var model = subject.Create(_ml, _agent).Fit(data);
        Assert.True(model.IsRowToRowMapper);
        var mapper = model.GetRowToRowMapper(data.Schema);
        var view = model.Transform(data);

        using var source = data.GetRowCursor(data.Schema);
        using var row = mapper.GetRow(source, mapper.OutputSchema);
        var cells = Reader(row, subject.Outputs);
        var found = new List<string>();
        while (source.MoveNext())
        {
            found.Add(cells());
        }

        Assert.Equal(Cells(view, subject.Outputs), found);
        Assert.Equal(
            data.Schema.Where(column => subject.Inputs.Contains(column.Name)).Select(column => column.Name),
            // The recurrent step reads Step if it exists, to notice holes; it does not need it.
            mapper.GetDependencies(mapper.OutputSchema.Where(column => subject.Outputs.Contains(column.Name))).Select(column => column.Name)
                .Where(name => name != "Step" || subject.Inputs.Contains(name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_getter_of_another_type_is_refused(string name)
    {
        var (subject, data) = Take(name);
        var view = subject.Create(_ml, _agent).Fit(data).Transform(data);
        using var cursor = view.GetRowCursor(view.Schema);

        Assert.All(
            subject.Outputs,
            output => Assert.Contains(output, Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<DateTime>(view.Schema[output])).Message, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_agent_is_left_alone_and_may_go_before_the_pipeline(string name)
    {
        var (subject, data) = Take(name);
        var agent = SyntheticAgent.Small.Load();
        var model = subject.Create(_ml, agent).Fit(data);
        var expected = Cells(model.Transform(data), subject.Outputs);

        agent.Dispose();
        Assert.Equal(expected, Cells(model.Transform(data), subject.Outputs));

        ((IDisposable)model).Dispose();
        Assert.Throws<ObjectDisposedException>(() => Cells(model.Transform(data), subject.Outputs));
        using var session = _agent.CreateSession();
    }

    private static string Describe(DataViewSchema.Column column) => $"{column.Name} {column.Type} {column.Annotations.Schema}";

    private (Subject Subject, IDataView Data) Take(string name)
    {
        var subject = Subject.All.First(s => s.Name == name);
        return (subject, subject.Data(_ml, _agent, _rows));
    }

    private IDataView Widen(IDataView data) => _ml.Transforms
        .Conversion.ConvertType("Double", "Reward", DataKind.Double).Append(_ml.Transforms.Concatenate("Wrong", "Double", "Double"))
        .Fit(data).Transform(data);

    private static string[] Cells(IDataView view, IReadOnlyList<string> columns, Random? random = null)
    {
        using var cursor = view.GetRowCursor(view.Schema.Where(column => columns.Contains(column.Name)), random);
        var read = Reader(cursor, columns);
        var rows = new List<string>();
        while (cursor.MoveNext())
        {
            rows.Add(read());
        }
        return [.. rows];
    }

    private static string[] ParallelWith(IDataView view, string active, string column, int cursors)
    {
        var set = view.GetRowCursorSet([view.Schema[active], view.Schema[column]], cursors);
        var rows = new List<(long Batch, string Value)>();
        foreach (var cursor in set)
        {
            using (cursor)
            {
                var read = Reader(cursor, [active, column]);
                while (cursor.MoveNext())
                {
                    rows.Add((cursor.Batch, read().Split('|')[1]));
                }
            }
        }
        return [.. rows.OrderBy(row => row.Batch).Select(row => row.Value)];
    }

    private static Func<string> Reader(DataViewRow row, IReadOnlyList<string> columns)
    {
        var cells = columns.Select(name => Cell(row, row.Schema[name])).ToArray();
        return () => string.Join('|', cells.Select(cell => cell()));
    }

    private static Func<string> Cell(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType vector)
        {
            return vector.ItemType.RawType == typeof(byte) ? Vector<byte>(row, column) : Vector<float>(row, column);
        }
        return column.Type.RawType == typeof(uint) ? Scalar<uint>(row, column)
            : column.Type.RawType == typeof(float) ? Scalar<float>(row, column) : Scalar<ReadOnlyMemory<char>>(row, column);
    }

    private static Func<string> Vector<T>(DataViewRow row, DataViewSchema.Column column)
        where T : IFormattable
    {
        var (value, get) = (default(VBuffer<T>), row.GetGetter<VBuffer<T>>(column));
        return () =>
        {
            get(ref value);
            return string.Join(' ', value.DenseValues().Select(x => x.ToString(typeof(T) == typeof(float) ? "R" : "D", CultureInfo.InvariantCulture)));
        };
    }

    private static Func<string> Scalar<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var (value, get) = (default(T)!, row.GetGetter<T>(column));
        return () =>
        {
            get(ref value);
            return value!.ToString()!;
        };
    }
}
