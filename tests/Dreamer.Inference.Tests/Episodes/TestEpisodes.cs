using Dreamer.Inference.Episodes;

namespace Dreamer.Inference.Tests.Episodes;

/// <summary>Episodes with content that differs in every row.</summary>
internal static class TestEpisodes
{
    internal static Episode Create(string id = "abc", int steps = 3, bool image = true, bool vector = true)
    {
        var recorder = new EpisodeRecorder(image ? new ImageShape(2, 3, 1) : null, vector ? 2 : 0, 3);
        var random = new Random(steps);
        byte[] Image()
        {
            var pixels = new byte[image ? 6 : 0];
            random.NextBytes(pixels);
            return pixels;
        }
        float[] Vector() => vector ? [random.NextSingle(), -random.NextSingle()] : [];

        recorder.First(new AgentObservation(Image(), Vector()));
        recorder.Log("value", random.NextSingle());
        for (var t = 1; t <= steps; t++)
        {
            float[] action = [0, 0, 0];
            action[random.Next(3)] = 1;
            recorder.Add(new AgentObservation(Image(), Vector()), action, t / 2f, isLast: t == steps, isTerminal: t == steps);
            recorder.Log("value", random.NextSingle());
        }
        return recorder.Finish(id);
    }
}
