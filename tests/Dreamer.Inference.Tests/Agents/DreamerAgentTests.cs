using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Dreamer.Inference.Tests.Onnx;
using Xunit;

namespace Dreamer.Inference.Tests.Agents;

public sealed class DreamerAgentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Loads_every_graph_that_the_contract_names()
    {
        using var agent = CatchAgent.Load();
        Assert.Equal(GraphNames.All.Order(), agent.Manifest.Graphs.Select(g => g.Name).Order());
        foreach (var name in GraphNames.All)
        {
            Assert.True(agent.HasGraph(name));
            using var graph = agent.OpenGraph(name);
            Assert.Equal(name, graph.Manifest.Name);
        }
    }

    [Fact]
    public void A_missing_folder_is_named() => Fails(_folder.File("none"), "Agent folder", "none");

    [Fact]
    public void A_folder_without_a_manifest_is_named() => Fails(_folder.Path, "agent.json' is missing");

    [Fact]
    public void A_missing_graph_is_named()
    {
        var copy = CatchAgent.CopyTo(_folder);
        File.Delete(Path.Combine(copy, "heads.onnx"));
        Fails(copy, "heads.onnx' is missing");
    }

    [Fact]
    public void A_truncated_graph_does_not_match_its_hash()
    {
        var copy = CatchAgent.CopyTo(_folder);
        var path = Path.Combine(copy, "policy.onnx");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
        Fails(copy, "policy.onnx' (", "has the SHA-256", "expects");
    }

    [Fact]
    public void A_truncated_manifest_is_named()
    {
        var copy = CatchAgent.CopyTo(_folder);
        var path = Path.Combine(copy, AgentManifest.FileName);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..200]);
        Fails(copy, "agent.json' is not an agent manifest");
    }

    [Fact]
    public void A_graph_with_a_corrected_hash_that_is_no_model_is_refused_by_what_it_holds()
    {
        var copy = CatchAgent.CopyTo(_folder);
        Replace(copy, "policy.onnx", Encoding.UTF8.GetBytes("not a model at all"));
        Fails(copy, "policy.onnx' is refused");
    }

    [Fact]
    public void A_graph_that_is_another_graph_does_not_fit_the_manifest()
    {
        var copy = CatchAgent.CopyTo(_folder);
        Replace(copy, "policy.onnx", File.ReadAllBytes(Path.Combine(copy, "heads.onnx")));
        using var agent = DreamerAgent.Load(copy);
        Assert.Contains("Graph 'policy' has no input 'action_noise'", Refusal(), StringComparison.Ordinal);
        using var openUnderItsOwnName = agent.OpenGraph(GraphNames.Heads);
        Assert.Contains("Graph 'policy' has no input 'action_noise'", Refusal(), StringComparison.Ordinal);

        string Refusal() => Assert.Throws<InvalidAgentException>(() => agent.OpenGraph(GraphNames.Policy)).Message;
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("ABSOLUTE")]
    [InlineData("link.bin")]
    [InlineData("hard.bin")]
    public void Weights_in_another_file_are_refused_wherever_it_lies(string location)
    {
        var copy = CatchAgent.CopyTo(_folder);
        var secret = _folder.File("secret.bin");
        File.WriteAllBytes(secret, new byte[16]);
        File.CreateSymbolicLink(Path.Combine(copy, "link.bin"), secret);
        using (var link = Process.Start("ln", [secret, Path.Combine(copy, "hard.bin")]))
        {
            link.WaitForExit();
        }
        Assert.Equal(16, File.ReadAllBytes(Path.Combine(copy, "hard.bin")).Length);
        var place = location == "ABSOLUTE" ? secret : location;
        Replace(copy, "policy.onnx", Protobuf.Field(7, Protobuf.Field(
            5, Protobuf.Field(1, 4), Protobuf.Field(2, 1), Protobuf.Field(8, "weight"),
            Protobuf.Field(13, Protobuf.Field(1, "location"), Protobuf.Field(2, place)), Protobuf.Field(14, 1))));
        Fails(copy, "policy.onnx' is refused", "tensor 'weight' keeps its data in another file");
    }

    [Theory]
    [InlineData(AgentManifest.FileName)]
    [InlineData("policy.onnx")]
    public async Task A_pipe_in_place_of_a_file_is_refused_and_not_waited_for(string file)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Folders have no pipes here.");
        var copy = CatchAgent.CopyTo(_folder);
        var path = Path.Combine(copy, file);
        File.Delete(path);
        using (var pipe = Process.Start("mkfifo", [path]))
        {
            await pipe.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        var refusal = Task.Run(() => Fails(copy, $"{file}' cannot be read", "is a pipe or a device"), TestContext.Current.CancellationToken);
        // Nobody ever writes to the pipe: a reader that waits for that waits for ever.
        await refusal.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_device_without_an_end_holds_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "There are other devices here.");
        var copy = CatchAgent.CopyTo(_folder);
        var path = Path.Combine(copy, "policy.onnx");
        File.Delete(path);
        File.CreateSymbolicLink(path, "/dev/zero");
        Fails(copy, "policy.onnx' (0 bytes) has the SHA-256");
    }

    [Fact]
    public void Equal_weights_are_shared_and_freed_with_the_last_handle()
    {
        var copy = CatchAgent.CopyTo(_folder);
        // Weights of this test's own, so that tests beside it do not count.
        var bytes = File.ReadAllBytes(Path.Combine(copy, "heads.onnx"));
        Replace(copy, "heads.onnx", [.. bytes, .. Protobuf.Field(6, Guid.NewGuid().ToString())]);

        using var one = DreamerAgent.Load(copy);
        using var other = DreamerAgent.Load(copy);
        var hash = one.Manifest.Graph(GraphNames.Heads).Sha256;
        Assert.Equal(0, SharedGraph.References(hash));
        var first = one.OpenGraph(GraphNames.Heads);
        var second = other.OpenGraph(GraphNames.Heads);
        var third = second.Share();
        Assert.Same(first.Session, second.Session);
        Assert.Equal(5, SharedGraph.References(hash)); // three handles, and one of each agent

        one.Dispose();
        other.Dispose();
        first.Dispose();
        first.Dispose();
        second.Dispose();
        Assert.Equal(1, SharedGraph.References(hash));
        Assert.NotEmpty(third.Session.InputMetadata);
        third.Dispose();
        Assert.Equal(0, SharedGraph.References(hash));
        Assert.Throws<ObjectDisposedException>(() => third.Session);
    }

    [Fact]
    public void Parts_make_an_agent_that_lacks_the_others()
    {
        using var whole = CatchAgent.Load();
        using var heads = whole.OpenGraph(GraphNames.Heads);
        using var part = DreamerAgent.FromParts(whole.Manifest, new Dictionary<string, ReadOnlyMemory<byte>> { [GraphNames.Heads] = heads.Bytes });
        using var same = part.OpenGraph(GraphNames.Heads);
        Assert.Same(heads.Session, same.Session);
        Assert.False(part.HasGraph(GraphNames.Encoder));
        Assert.Contains("without its graph 'encoder'; it has heads",
            Assert.Throws<InvalidAgentException>(() => part.CreateSession()).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidAgentException>(() => DreamerAgent.FromParts(
            whole.Manifest, new Dictionary<string, ReadOnlyMemory<byte>> { [GraphNames.Policy] = heads.Bytes }));
    }

    [Fact]
    public void A_gpu_that_is_not_there_is_an_error_that_says_what_to_do_or_the_cpu()
    {
        using var strict = DreamerAgent.Load(CatchAgent.Folder, new() { GpuDeviceId = 0 });
        Assert.Contains("cannot run on GPU 0",
            Assert.Throws<InvalidOperationException>(() => strict.CreateSession()).Message, StringComparison.Ordinal);
        using var lenient = DreamerAgent.Load(CatchAgent.Folder, new() { GpuDeviceId = 0, FallbackToCpu = true });
        using var session = lenient.CreateSession();
        Assert.InRange(session.Act(CatchAgent.Frames(1)[0]), 0, 2);
    }

    private static void Replace(string folder, string file, byte[] bytes)
    {
        var manifest = Path.Combine(folder, AgentManifest.FileName);
        var old = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, file))));
        File.WriteAllBytes(Path.Combine(folder, file), bytes);
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace(
            // Only this file's hash: another graph may have become its equal.
            $"\"{file}\",\n      \"sha256\": \"{old}\"", $"\"{file}\",\n      \"sha256\": \"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"", StringComparison.Ordinal));
    }

    private static void Fails(string folder, params string[] parts)
    {
        var message = Assert.Throws<InvalidAgentException>(() => DreamerAgent.Load(folder)).Message;
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}
