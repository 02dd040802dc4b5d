using System.Text.Json;
using Dreamer.Inference;
using Xunit;

namespace Dreamer.AgentService.Tests;

/// <summary>What a session in this process does, to compare with.</summary>
internal static class Episodes
{
    /// <summary>Frames of noise for Catch: what matters here is that no two are alike.</summary>
    internal static byte[][] Frames(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var frame = new byte[50];
            random.NextBytes(frame);
            return frame;
        })];
    }

    /// <summary>Checks that an answer is that of a session that has just taken the step itself, to the last bit.</summary>
    internal static void AssertEqual(AgentSession session, int action, JsonElement answer)
    {
        Assert.Equal(session.Step, answer.GetProperty("step").GetInt64());
        Assert.Equal(action, answer.GetProperty("action").GetInt32());
        Assert.Equal(session.Reward, answer.GetProperty("reward").GetSingle());
        Assert.Equal(session.Discount, answer.GetProperty("discount").GetSingle());
        Assert.Equal(session.Value, answer.GetProperty("value").GetSingle());
        Assert.Equal(session.Surprise, answer.GetProperty("surprise").GetSingle());
        Assert.Equal(session.ActionProbabilities.ToArray(), answer.GetProperty("probabilities").EnumerateArray().Select(p => p.GetSingle()));
    }
}
