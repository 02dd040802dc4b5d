using Dreamer.Inference.Episodes;
using Dreamer.Training.Behavior;
using Dreamer.Training.Exploration;
using Dreamer.Training.Networks;

namespace Dreamer.Training.Runs;

/// <summary>Plays the environments: a step at a time between updates, or a whole round on a thread of its own beside an update.</summary>
/// <remarks>
/// Who acts has the weights from before that update, so that a round is the same however long either takes. Environments are used by
/// one thread at a time: what is played beside an update has to end before anything else is asked of them. Not thread-safe.
/// </remarks>
internal sealed class Player : IDisposable
{
    private readonly DreamerOptions _options;
    private readonly ExperienceCollector _experience;
    private readonly AgentLearner _learner;
    private readonly PolicyCopy? _copy;
    private readonly WorkThread? _thread;

    /// <summary>Prepares to play.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="experience">What is played; not owned.</param>
    /// <param name="learner">Who learns to act; not owned.</param>
    /// <param name="copy">The networks that <paramref name="experience"/> is played with, where they are not the learner's own; not owned.</param>
    public Player(DreamerOptions options, ExperienceCollector experience, AgentLearner learner, PolicyCopy? copy)
    {
        (_options, _experience, _learner, _copy) = (options, experience, learner, copy);
        // A step is a row or a few, which a second thread only delays.
        _thread = copy is null ? null : new WorkThread("Dreamer plays", capacity: 1, torchThreads: 1);
    }

    /// <summary>Whether rounds are played beside updates; else the environments are to wait.</summary>
    public bool PlaysBeside => _thread is not null;

    /// <summary>Does one action in each environment.</summary>
    /// <param name="state">How far the run is.</param>
    /// <exception cref="Environments.InvalidEnvironmentException">An environment breaks its contract.</exception>
    public PlayedSteps PlayStep(TrainingState state) => Play(state, TakeActor(state), wholeRound: false);

    /// <summary>Starts to play until updates are due again; with the weights as they are now.</summary>
    /// <param name="state">How far the run is, the prefill over.</param>
    /// <returns>Ends with what was played, or the exception that the environment threw.</returns>
    public Task<PlayedSteps> StartRound(TrainingState state)
    {
        var actor = TakeActor(state);
        return _thread!.Add(() => Play(state, actor, wholeRound: true));
    }

    /// <summary>Waits for the end of a round.</summary>
    /// <returns>What it failed of, or null.</returns>
    public static Exception? FailureOf(Task<PlayedSteps> round)
    {
        ((IAsyncResult)round).AsyncWaitHandle.WaitOne();
        return round.Exception?.InnerException;
    }

    public void Dispose() => _thread?.Dispose();

    private bool Explores(TrainingState state) => _options.Exploration.IsOn(state.EnvironmentSteps);

    private Actor TakeActor(TrainingState state)
    {
        var actor = Explores(state) && _learner.Explorer is { } explorer ? explorer.Actor : _learner.ActorCritic.Actor;
        _copy?.Take(actor, state.Updates);
        return _copy?.Actor ?? actor;
    }

    private PlayedSteps Play(TrainingState state, Actor actor, bool wholeRound)
    {
        var random = !state.Prefilled || (Explores(state) && _options.Exploration.Behavior == ExplorationBehavior.Random);
        var ended = new List<(Episode, long)>();
        var (steps, due) = (state.EnvironmentSteps, 0L);
        do
        {
            var (episodes, done) = _experience.Step(actor, random);
            var before = steps;
            steps += done;
            ended.AddRange(episodes.Select(episode => (episode, steps)));
            due = state.Prefilled ? (steps / _options.TrainEverySteps - before / _options.TrainEverySteps) * _options.UpdatesPerTrain : 0;
        }
        while (wholeRound && due == 0);
        return new PlayedSteps(ended, steps, due);
    }
}
