using System.Text.Json.Nodes;
using Dreamer.Inference.IO;
using Dreamer.Inference.Tests.Agents;
using Xunit;

namespace Dreamer.Inference.Tests.Schema;

public sealed class ManifestSchemaTests
{
    private static readonly GraphManifest Graph = new(
        "encoder", "encoder.onnx", new string('a', 64), [new("image", "uint8", [10, 5, 1]), new("vector", "float32", [4])], [new("embedding", "float32", [5])]);

    public static TheoryData<string> ConstrainedPaths => [.. ManifestSchema.ConstrainedPaths];

    [Fact]
    public void The_published_schema_is_that_of_what_is_written()
    {
        var expected = ManifestSchema.ToText(ManifestSchema.Create());
        var path = RepositoryRoot.File("docs", "agent-folder.schema.json");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            AtomicFile.WriteAllText(path, expected);
        }
        Assert.Equal(expected, File.ReadAllText(path));
    }

    [Fact]
    public void The_shipped_agent_and_a_made_one_keep_to_it()
    {
        var schema = ManifestSchema.Create();
        Assert.Empty(JsonSchemaErrors.Find(schema, JsonNode.Parse(File.ReadAllBytes(Path.Combine(CatchAgent.Folder, AgentManifest.FileName)))));
        Assert.Empty(JsonSchemaErrors.Find(schema, Json()));
    }

    [Theory]
    [MemberData(nameof(ConstrainedPaths))]
    public void What_the_schema_refuses_the_reader_refuses(string path)
    {
        var json = Json();
        var steps = path.Split('/');
        JsonNode place = json;
        foreach (var step in steps[..^1])
        {
            place = step == "items" ? place[0]! : place[step]!;
        }
        JsonNode wrong = path == "observations" ? new JsonArray() : (steps[^1] == "items" ? place[0] : place[steps[^1]])!.GetValueKind() == System.Text.Json.JsonValueKind.String ? "../x" : 0;
        if (steps[^1] == "items")
        {
            place.AsArray()[0] = wrong;
        }
        else
        {
            place[steps[^1]] = wrong;
        }
        Assert.NotEmpty(JsonSchemaErrors.Find(ManifestSchema.Create(), json));
        Assert.Throws<InvalidAgentException>(() => AgentManifest.FromJson(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString())));
    }

    [Theory]
    [InlineData("format_version")]
    [InlineData("name")]
    [InlineData("graphs")]
    [InlineData("heads")]
    public void What_is_required_is_required_by_both(string property)
    {
        var json = Json().AsObject();
        json.Remove(property);
        Assert.NotEmpty(JsonSchemaErrors.Find(ManifestSchema.Create(), json));
        Assert.Throws<InvalidAgentException>(() => AgentManifest.FromJson(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString())));
    }

    private static JsonNode Json() => JsonNode.Parse(TestManifest.Create(Graph).ToJson())!;
}
