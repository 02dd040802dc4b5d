using Dreamer.Inference.Episodes;
using Microsoft.ML;

namespace Dreamer.MLNet;

/// <summary>How recorded episodes are loaded: what the files cannot tell, and what happens to files that cannot be used.</summary>
public sealed record LoadEpisodesOptions
{
    /// <summary>Which step a row's action belongs to; the reward too, unless <see cref="RewardTiming"/> says otherwise.</summary>
    /// <value>The default value is <see cref="ActionTiming.LedHere"/>.</value>
    public ActionTiming ActionTiming { get; init; } = ActionTiming.LedHere;

    /// <summary>Which step a row's reward belongs to.</summary>
    /// <value>Null: the same as <see cref="ActionTiming"/>, and a reward in a first row is questioned.</value>
    public ActionTiming? RewardTiming { get; init; }

    /// <summary>The number of discrete actions, for files that hold the numbers of actions and not one-hot vectors.</summary>
    /// <value>Null: that of <see cref="Check"/>, or unknown.</value>
    public int? DiscreteActions { get; init; }

    /// <summary>What the episodes must fit, for example <c>EpisodeCheck.ForAgent(agent.Manifest)</c>.</summary>
    /// <value>Null: all must have the shapes of the first.</value>
    public EpisodeCheck? Check { get; init; }

    /// <summary>Receives the reason for each file that cannot be used, which is then left out; called from the threads that read.</summary>
    /// <value>Null: the first one throws.</value>
    public Action<string>? Refused { get; init; }

    /// <summary>Receives what was assumed while reading a file or is questionable in it; called from the threads that read.</summary>
    /// <value>Null: it is written to <c>MLContext.Log</c> as a warning.</value>
    public Action<string>? Noted { get; init; }

    /// <summary>Another view of <c>LoadFromEpisodes</c>, whose columns this one has.</summary>
    /// <value>Null: the columns of the first episode.</value>
    public IDataView? Like { get; init; }

    /// <summary>The same settings for the files' reader.</summary>
    internal EpisodeReadOptions ReadOptions() => new()
    {
        DiscreteActions = DiscreteActions ?? Check?.DiscreteActions,
        ActionTiming = ActionTiming.ToRecorded(),
        RewardTiming = RewardTiming?.ToRecorded(),
    };
}
