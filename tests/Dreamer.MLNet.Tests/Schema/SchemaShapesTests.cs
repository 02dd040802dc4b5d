using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Tests.Schema;

public class SchemaShapesTests
{
    [Fact]
    public void Shapes_are_those_of_the_schema()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Text", TextDataViewType.Instance);
        builder.AddColumn("Vector", new VectorDataViewType(NumberDataViewType.Single, 3));
        builder.AddColumn("Variable", new VectorDataViewType(NumberDataViewType.Byte));
        builder.AddColumn("Key", new KeyDataViewType(typeof(uint), 4), OutputColumns.Names(AnnotationKinds.KeyValues, ["a", "b", "c", "d"]));

        var shape = SchemaShapes.From(builder.ToSchema());

        Assert.Equal(
            ["Text Scalar False", "Vector Vector False", "Variable VariableVector False", "Key Scalar True"],
            shape.Select(column => $"{column.Name} {column.Kind} {column.IsKey}"));
        Assert.Equal("KeyValues", Assert.Single(shape.Single(column => column.Name == "Key").Annotations).Name);
    }

    [Fact]
    public void Added_columns_replace_those_of_the_same_name()
    {
        var (one, two) = (new DataViewSchema.Builder(), new DataViewSchema.Builder());
        one.AddColumn("A", TextDataViewType.Instance);
        one.AddColumn("B", NumberDataViewType.Int64);
        two.AddColumn("A", NumberDataViewType.Single);

        var shape = SchemaShapes.With(SchemaShapes.From(one.ToSchema()), two.ToSchema());

        Assert.Equal(["A Single", "B Int64"], shape.Select(column => $"{column.Name} {column.ItemType}"));
    }
}
