namespace AgentService.Wire;

/// <summary>Starts a session; missing properties have their defaults.</summary>
/// <param name="Seed">The seed of all samples.</param>
/// <param name="Greedy">Whether the most likely action is taken, or one drawn from the policy.</param>
/// <param name="EpisodeId">Names the episode; with the seed it determines every sample.</param>
/// <param name="State">The state of another session to go on from, base64; it brings its own seed and name.</param>
internal sealed record SessionRequest(ulong Seed = 0, bool Greedy = true, string? EpisodeId = null, byte[]? State = null);

/// <summary>A session that began.</summary>
/// <param name="Id">Its id, which gives access to the session.</param>
/// <param name="EpisodeId">Names the episode.</param>
/// <param name="Seed">The seed of its samples.</param>
/// <param name="Step">The number of observations so far: 0, or that of the loaded state.</param>
/// <param name="Generation">Which weights it runs on, to its end.</param>
internal sealed record SessionAnswer(string Id, string EpisodeId, ulong Seed, long Step, int Generation);

/// <summary>An observation, and the action that led to it if it was not the proposed one.</summary>
/// <param name="Image">[H, W, C] bytes, row-major, base64.</param>
/// <param name="Vector">[N] numbers.</param>
/// <param name="ExecutedAction">The number of a discrete action.</param>
/// <param name="ExecutedActionValues">[A] numbers of a continuous action.</param>
internal sealed record StepRequest(byte[]? Image = null, float[]? Vector = null, int? ExecutedAction = null, float[]? ExecutedActionValues = null);

/// <summary>The answer to an observation.</summary>
/// <param name="Step">Observations of the episode so far.</param>
/// <param name="Action">The action's index, if actions are discrete.</param>
/// <param name="ActionName">Its name.</param>
/// <param name="ActionValues">[A]: the action, if actions are continuous.</param>
/// <param name="Reward">The predicted reward of having arrived here.</param>
/// <param name="Discount">The predicted discount factor on what follows.</param>
/// <param name="Value">The return that the critic expects.</param>
/// <param name="Surprise">How far the observation was from what the agent expected, in nats.</param>
/// <param name="Probabilities">The probabilities of discrete actions.</param>
internal sealed record StepAnswer(
    long Step,
    int? Action,
    string? ActionName,
    float[]? ActionValues,
    float? Reward,
    float? Discount,
    float? Value,
    float? Surprise,
    float[]? Probabilities);
