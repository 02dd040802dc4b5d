using Microsoft.ML;
using Microsoft.ML.Data;

// model.zip rows.idv saved-again.zip column...: prints every value of the columns, one row of numbers a line, exactly.
var mlContext = new MLContext();
if (AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name is "Dreamer.MLNet" or "Dreamer.MLNet.Interop"))
{
    throw new InvalidOperationException("The assembly under test was loaded before the model asked for it.");
}

var model = mlContext.Model.Load(args[0], out var inputSchema);
var data = mlContext.Data.LoadFromBinary(args[1]);
mlContext.Model.Save(model, inputSchema, args[2]);
var scored = model.Transform(data);
foreach (var name in args[3..])
{
    var column = scored.Schema[name];
    using var cursor = scored.GetRowCursor([column]);
    Action print = column.Type.RawType == typeof(VBuffer<float>) ? Vectors(cursor, column)
        : column.Type.RawType == typeof(VBuffer<byte>) ? Bytes(cursor, column)
        : column.Type.RawType == typeof(uint) ? Keys(cursor, column) : Singles(cursor, column);
    while (cursor.MoveNext())
    {
        print();
    }
}

static Action Vectors(DataViewRow row, DataViewSchema.Column column)
{
    var getter = row.GetGetter<VBuffer<float>>(column);
    VBuffer<float> value = default;
    return () =>
    {
        getter(ref value);
        Console.WriteLine(string.Join(' ', value.DenseValues().Select(x => x.ToString("R"))));
    };
}

static Action Bytes(DataViewRow row, DataViewSchema.Column column)
{
    var getter = row.GetGetter<VBuffer<byte>>(column);
    VBuffer<byte> value = default;
    return () =>
    {
        getter(ref value);
        Console.WriteLine(Convert.ToHexString([.. value.DenseValues()]));
    };
}

static Action Singles(DataViewRow row, DataViewSchema.Column column)
{
    var getter = row.GetGetter<float>(column);
    var value = 0f;
    return () =>
    {
        getter(ref value);
        Console.WriteLine(value.ToString("R"));
    };
}

static Action Keys(DataViewRow row, DataViewSchema.Column column)
{
    var getter = row.GetGetter<uint>(column);
    var value = 0u;
    return () =>
    {
        getter(ref value);
        Console.WriteLine(value);
    };
}
