using System.Text;

namespace Dreamer.Fuzzing.Mutations;

/// <summary>Changes one field of an ONNX model or tensor, and leaves the file well-formed.</summary>
internal static class OnnxMutation
{
    private const int LargestField = 26;

    private static readonly ulong[] Numbers =
        [0, 1, 2, 3, 7, 9, 16, 127, 255, 65_535, 3_000_000_000, int.MaxValue, 1UL << 32, long.MaxValue, 1UL << 63, ulong.MaxValue];

    private static readonly string[] Texts =
    [
        "", "batch", "latent", "../../etc/passwd", "/etc/passwd", "ai.onnx.ml", "com.microsoft", "Identity", "Reshape", "Gemm", "MatMul", "Concat", "Slice",
        "Scan", "Loop", "If", "ConstantOfShape", "Expand", "Tile", "Resize", "Pad", "OneHot", "Range", "NonZero", "Einsum", "TopK", "Split", "Conv",
        "\uFFFD", new('x', 5000),
    ];

    internal static byte[] Of(byte[] source, OnnxMessage type, Random random)
    {
        var root = ProtobufField.Read(source, type);
        var places = new List<(List<ProtobufField> Message, int Index)>();
        Collect(root, places);
        for (var i = random.Next(3); i >= 0 && places.Count > 0; i--)
        {
            var (message, index) = places[random.Next(places.Count)];
            if (index < message.Count)
            {
                Change(message, index, places, random);
            }
        }
        return ProtobufField.Write(root);
    }

    private static void Collect(List<ProtobufField> message, List<(List<ProtobufField> Message, int Index)> places)
    {
        foreach (var (index, field) in message.Index())
        {
            places.Add((message, index));
            if (field.Children is { } children)
            {
                Collect(children, places);
            }
        }
    }

    private static void Change(List<ProtobufField> message, int index, List<(List<ProtobufField> Message, int Index)> places, Random random)
    {
        var field = message[index];
        switch (random.Next(8))
        {
            case 0:
                message.RemoveAt(index);
                break;
            case 1:
                message.Insert(random.Next(message.Count + 1), field);
                break;
            case 2:
                field.Number = random.Next(1, LargestField);
                break;
            case 3:
                var (otherMessage, otherIndex) = places[random.Next(places.Count)];
                if (otherIndex < otherMessage.Count && otherMessage[otherIndex] is { Children: null } other && field.Children is null)
                {
                    (field.Wire, field.Value, field.Bytes) = (other.Wire, other.Value, other.Bytes);
                }
                break;
            case 4:
                message.Add(new ProtobufField(random.Next(1, LargestField), ProtobufField.Varint) { Value = Numbers[random.Next(Numbers.Length)] });
                break;
            default:
                ChangeContent(field, random);
                break;
        }
    }

    private static void ChangeContent(ProtobufField field, Random random)
    {
        if (field.Wire == ProtobufField.Varint)
        {
            field.Value = random.Next(2) == 0 ? Numbers[random.Next(Numbers.Length)] : field.Value + (ulong)random.Next(-2, 3);
        }
        else if (field.Children is { } children)
        {
            children.Reverse();
        }
        else if (field.Wire == ProtobufField.Delimited && random.Next(2) == 0)
        {
            field.Bytes = Encoding.UTF8.GetBytes(Texts[random.Next(Texts.Length)]);
        }
        else
        {
            var changed = ByteMutation.Of(field.Bytes, random);
            field.Bytes = field.Wire == ProtobufField.Delimited || changed.Length == field.Bytes.Length ? changed : field.Bytes;
        }
    }
}
