using System.Text;
using System.Text.Json.Nodes;

namespace Dreamer.Fuzzing.Mutations;

/// <summary>Changes one value of a JSON file, and leaves it JSON.</summary>
internal static class JsonMutation
{
    private const int DeepNesting = 200;

    private static readonly string[] Values =
    [
        "null", "[]", "{}", "[null]", "[[]]", "true", "0", "-1", "-0.5", "1e300", "1e400", "3000000000", "9223372036854775808", "\"\"", "\"../x\"", "\"/etc/passwd\"",
        "\"NaN\"", "\"\\u0000\"", "\"discrete\"", "\"gaussian\"", "\"rollout\"", "\"latent\"", "[1,2,3,4,5,6,7,8,9]", "[-1]", "[32768,32768,32768]",
        "{\"a\":1,\"a\":2}", new string('[', DeepNesting) + new string(']', DeepNesting), "\"" + new string('x', 100_000) + "\"",
    ];

    internal static byte[] Of(byte[] source, Random random)
    {
        var root = JsonNode.Parse(source)!;
        var places = new List<JsonNode>();
        Collect(root, places);
        var place = places[random.Next(places.Count)];
        // What no JSON library would write is put in as text, in place of a word that nothing else contains.
        const string Marker = "\"f5f0c1e7\"";
        if (place is JsonObject named)
        {
            var name = named.ElementAt(random.Next(named.Count)).Key;
            switch (random.Next(4))
            {
                case 0:
                    named.Remove(name);
                    break;
                case 1:
                    named["unknown"] = named[name]?.DeepClone();
                    break;
                default:
                    named[name] = JsonNode.Parse(Marker);
                    break;
            }
        }
        else
        {
            var array = place.AsArray();
            var index = random.Next(array.Count);
            switch (random.Next(4))
            {
                case 0:
                    array.RemoveAt(index);
                    break;
                case 1:
                    array.Add(array[index]?.DeepClone());
                    break;
                default:
                    array[index] = JsonNode.Parse(Marker);
                    break;
            }
        }
        return Encoding.UTF8.GetBytes(root.ToJsonString().Replace(Marker, Values[random.Next(Values.Length)], StringComparison.Ordinal));
    }

    private static void Collect(JsonNode? node, List<JsonNode> places)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } named:
                places.Add(named);
                foreach (var (_, value) in named)
                {
                    Collect(value, places);
                }
                break;
            case JsonArray { Count: > 0 } array:
                places.Add(array);
                foreach (var value in array)
                {
                    Collect(value, places);
                }
                break;
            default:
                break;
        }
    }
}
