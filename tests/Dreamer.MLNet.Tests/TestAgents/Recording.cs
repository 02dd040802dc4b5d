using Dreamer.Inference;
using Dreamer.Inference.Episodes;

namespace Dreamer.MLNet.Tests.TestAgents;

/// <summary>Episodes that the small test agent played live on random images, and what its session said meanwhile.</summary>
internal sealed class Recording
{
    private readonly Random _random = new(11);

    private Recording(DreamerAgent agent, AgentSessionOptions options, IEnumerable<int> lengths)
    {
        using var session = agent.CreateSession(options);
        foreach (var (length, number) in lengths.Select((length, number) => (length, number)))
        {
            Play(agent, session, $"episode-{number}", length);
        }
    }

    internal List<Episode> Episodes { get; } = [];

    /// <summary>What the session said, row by row.</summary>
    internal List<LiveRow> Live { get; } = [];

    internal IReadOnlyList<LoggedRow> Rows => [.. Episodes.SelectMany(LoggedRow.Of)];

    /// <summary>Plays episodes.</summary>
    /// <param name="options">How the session acts.</param>
    /// <param name="lengths">The rows of each episode.</param>
    internal static Recording Play(AgentSessionOptions options, params IEnumerable<int> lengths)
    {
        using var agent = SyntheticAgent.Small.Load();
        return new Recording(agent, options, lengths);
    }

    /// <summary>Episodes of lengths 1 to 40, one of them a single row.</summary>
    internal static Recording Usual(ulong seed = 3) => Play(new AgentSessionOptions { Seed = seed }, 12, 1, 40, 7, 25);

    /// <summary>Writes the episodes as files.</summary>
    internal string Write(string folder)
    {
        foreach (var episode in Episodes)
        {
            EpisodeFile.Save(folder, episode, new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero));
        }
        return folder;
    }

    private void Play(DreamerAgent agent, AgentSession session, string id, int length)
    {
        session.Reset(id);
        var recorder = new EpisodeRecorder(agent.Manifest.Image, 0, agent.Manifest.Action.Size);
        var action = new float[agent.Manifest.Action.Size];
        for (var row = 0; row < length; row++)
        {
            var image = new byte[agent.Manifest.Image!.Size];
            _random.NextBytes(image);
            if (row == 0)
            {
                recorder.First(image);
            }
            else
            {
                recorder.Add(image, action, (float)_random.NextDouble(), row == length - 1, isTerminal: false);
            }
            session.Act(image, action);
            Live.Add(new LiveRow(
                session.Latent.ToArray(), Array.IndexOf(action, 1f), session.Reward, session.Discount, session.Value, session.Surprise,
                session.ActionProbabilities.ToArray()));
        }
        Episodes.Add(recorder.Finish(id));
    }
}

/// <summary>What a live session said at a row.</summary>
internal sealed record LiveRow(
    float[] Latent, int Action, float Reward, float Discount, float Value, float Surprise, float[] ActionProbabilities);
