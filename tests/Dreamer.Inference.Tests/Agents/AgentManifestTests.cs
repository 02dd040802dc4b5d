using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Dreamer.Inference.Tests.Agents;

public class AgentManifestTests
{
    private static readonly GraphManifest Graph = new(
        "encoder", "encoder.onnx", new string('a', 64), [new("image", "uint8", [10, 5, 1]), new("vector", "float32", [4])], [new("embedding", "float32", [5])]);

    [Fact]
    public void What_is_written_is_read_again()
    {
        var manifest = TestManifest.Create(Graph);
        Assert.Equivalent(manifest, AgentManifest.FromJson(manifest.ToJson()), strict: true);
    }

    [Fact]
    public void Names_are_those_of_the_tensors_and_not_of_CSharp()
    {
        var json = Encoding.UTF8.GetString(TestManifest.Create(Graph).ToJson());
        Assert.Contains("\"value_includes_reward\": true", json, StringComparison.Ordinal);
        Assert.Contains("\"sha256\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_follow_from_the_parts()
    {
        var manifest = TestManifest.Create();
        Assert.Equal(20, manifest.Latent.Size);
        Assert.Equal(new ImageShape(10, 5, 1), manifest.Image);
        Assert.Equal(4, manifest.VectorSize);
    }

    [Fact]
    public void Gaussian_latents_have_means_and_deviations_where_categorical_ones_have_logits()
    {
        var manifest = TestManifest.Create() with
        {
            Latent = new(LatentManifest.Gaussian, Deter: 8, Stoch: 3, Classes: 1, Embedding: 5, PriorEnsemble: 4),
            Action = new() { Kind = ActionManifest.Continuous, Size = 1, Low = [-2], High = [3], Distribution = ActionManifest.TruncatedNormal },
        };
        var latent = AgentManifest.FromJson(manifest.ToJson()).Latent;
        Assert.Equal(manifest.Latent, latent);
        Assert.Equal((3, 6, 11), (latent.StochSize, latent.StatsSize, latent.Size));
        Assert.Equal(("posterior_stats", "prior_stats"), (latent.PosteriorTensor, latent.PriorTensor));
        var categorical = TestManifest.Create().Latent;
        Assert.Equal((12, 12, 20), (categorical.StochSize, categorical.StatsSize, categorical.Size));
        Assert.Equal(("posterior_logits", "prior_logits"), (categorical.PosteriorTensor, categorical.PriorTensor));
    }

    [Fact]
    public void A_manifest_that_does_not_speak_of_ensembles_has_one_prior()
    {
        var json = Encoding.UTF8.GetString(TestManifest.Create().ToJson());
        var older = json.Replace("\"embedding\": 5,", "\"embedding\": 5", StringComparison.Ordinal).Replace("\"prior_ensemble\": 1", "", StringComparison.Ordinal);
        Assert.NotEqual(json, older);
        Assert.Equal(1, AgentManifest.FromJson(Encoding.UTF8.GetBytes(older)).Latent.PriorEnsemble);
    }

    [Fact]
    public void Gaussian_latents_with_classes_and_bounds_the_wrong_way_round_are_refused() => Fails(
        (TestManifest.Create() with
        {
            Latent = new(LatentManifest.Gaussian, 8, 3, 4, 5),
            Action = new() { Kind = ActionManifest.Continuous, Size = 2, Low = [-1, 1], High = [1, 1] },
        }).ToJson(),
        "latent.classes is 4; Gaussian latents have 1", "action.low is not below action.high");

    [Fact]
    public void Every_error_is_listed_at_once()
    {
        var manifest = TestManifest.Create(
            Graph with { File = "../encoder.onnx" }, Graph, Graph with { Name = "heads", Sha256 = "ABC" },
            Graph with { Name = "policy", Inputs = [new("latent", "float64", [0])] }) with
        {
            Observations = [new("sound", "uint8", [3]), new("image", "float32", [10, 5])],
            Action = new() { Kind = "discrete", Size = 3, Names = ["one"] },
            Latent = new("categorical", 0, 3, 100_000, 5),
        };
        Fails(manifest.ToJson(),
            "'../encoder.onnx'; a plain name", "graph 'encoder' is listed 2 times", "sha256 'ABC'", "'latent' of graph 'policy' is float64",
            "shape [0]", "observation 'sound' is unknown", "observation 'image' is float32 of rank 2; expected uint8 of rank 3",
            "action.names has 1 entries for 3", "latent.deter is 0", "latent.classes is 100000");
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b.onnx")]
    [InlineData("a\\\\b.onnx")]
    [InlineData("/etc/passwd")]
    [InlineData("c:x.onnx")]
    [InlineData("")]
    public void A_file_outside_the_folder_is_refused(string file)
    {
        var json = Encoding.UTF8.GetString(TestManifest.Create(Graph).ToJson()).Replace("\"encoder.onnx\"", $"\"{file}\"", StringComparison.Ordinal);
        Fails(Encoding.UTF8.GetBytes(json), "plain name inside the folder");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"name\": 3}")]
    [InlineData("{\"name\": \"x\"}")]
    public void What_is_no_manifest_is_named(string json) => Fails(Encoding.UTF8.GetBytes(json), "'agent.json' is no");

    [Theory]
    [InlineData("observations", "observations holds null")]
    [InlineData("graphs", "graphs holds null")]
    [InlineData("int8_graphs", "int8_graphs holds null")]
    [InlineData("action/names", "action.names holds null")]
    [InlineData("provenance/evaluations", "provenance.evaluations holds null")]
    [InlineData("graphs/0/inputs", "inputs of graph 'encoder' holds null")]
    [InlineData("graphs/0/outputs", "outputs of graph 'encoder' holds null")]
    public void Null_in_an_array_is_refused(string path, string expected)
    {
        var json = JsonNode.Parse(TestManifest.Create(Graph).ToJson())!;
        var array = path.Split('/').Aggregate(json, (node, step) => node is JsonArray items ? items[0]! : node[step]!).AsArray();
        array.Add(null);
        Fails(Encoding.UTF8.GetBytes(json.ToJsonString()), expected);
    }

    [Fact]
    public void A_property_that_is_there_twice_is_refused()
    {
        var json = Encoding.UTF8.GetString(TestManifest.Create(Graph).ToJson());
        Fails(Encoding.UTF8.GetBytes(json.Replace("\"name\": \"test\",", "\"name\": \"test\", \"name\": \"other\",", StringComparison.Ordinal)), "is not an agent manifest");
        var provenance = json.Replace("\"environment\": \"none\",", "\"environment\": \"none\", \"config\": {\"a\": {\"b\": 1, \"b\": 2}},", StringComparison.Ordinal);
        Assert.NotEqual(json, provenance);
        Fails(Encoding.UTF8.GetBytes(provenance), "is not an agent manifest");
    }

    [Fact]
    public void Inputs_and_outputs_are_those_that_the_sizes_ask_for() => Fails(
        TestManifest.Create(
            Graph with { Outputs = [new("embedding", "float32", [6])] },
            Graph with { Name = "heads", Inputs = [new("latent", "float32", [20])], Outputs = [new("value", "float32", [1])] }).ToJson(),
        "graph 'encoder' has the outputs embedding float32 [6]; embedding float32 [5] are expected",
        "graph 'heads' has the outputs value float32 [1]; discount float32 [1], reward float32 [1], value float32 [1] are expected");

    [Fact]
    public void A_rollout_needs_the_lambda_of_its_return_and_alone_has_free_steps()
    {
        var rollout = Graph with { Name = GraphNames.Rollout, Inputs = [new("latent", "float32", [20])] };
        Fails(TestManifest.Create(rollout).ToJson(), "heads.lambda is missing");
        Fails(TestManifest.Create(Graph with { Inputs = [new("image", "uint8", [-1, 5, 1])] }).ToJson(), "has the shape [-1, 5, 1]");
    }

    [Fact]
    public void A_later_format_says_so_and_nothing_else() =>
        Fails((TestManifest.Create() with { FormatVersion = 2, Observations = [] }).ToJson(), "format_version is 2; this library reads 1");

    [Fact]
    public void A_graph_that_is_not_there_is_named_with_those_that_are() =>
        Assert.Contains("no graph 'decoder'; it has encoder",
            Assert.Throws<InvalidAgentException>(() => TestManifest.Create(Graph).Graph("decoder")).Message, StringComparison.Ordinal);

    private static void Fails(byte[] json, params string[] parts)
    {
        var message = Assert.Throws<InvalidAgentException>(() => AgentManifest.FromJson(json)).Message;
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}
