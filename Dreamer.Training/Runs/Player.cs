using Dreamer.Inference.Episodes;
using Dreamer.Training.Behavior;
using Dreamer.Training.Exploration;
using Dreamer.Training.Networks;

namespace Dreamer.Training.Runs;

/// <summary>Plays the environments: step by step between updates, or a whole round on a background thread during an update.</summary>
/// <remarks>
/// The policy has the weights from before that update, so the result does not depend on timing. Environments are used by
/// one thread at a time: a round must end before they are used otherwise. Not thread-safe.
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
    /// <param name="experience">The environments and the replay; not owned.</param>
    /// <param name="learner">The learner; not owned.</param>
    /// <param name="copy">The networks that <paramref name="experience"/> is played with, if they are not the learner's; not owned.</param>
    public Player(DreamerOptions options, ExperienceCollector experience, AgentLearner learner, PolicyCopy? copy)
    {
        (_options, _experience, _learner, _copy) = (options, experience, learner, copy);
        // A step has one row or a few: a second thread only slows it down.
        _thread = copy is null ? null : new WorkThread("Dreamer plays", capacity: 1, torchThreads: 1);
    }

    /// <summary>Whether rounds are played during updates; else the environments wait.</summary>
    public bool PlaysBeside => _thread is not null;

    /// <summary>Takes one step in each environment.</summary>
    public PlayedSteps PlayStep(TrainingState state) => Play(state, TakeActor(state), wholeRound: false);

    /// <summary>Starts to play until updates are due again, with the current weights.</summary>
    /// <returns>Completes with the steps, or with the environment's exception.</returns>
    public Task<PlayedSteps> StartRound(TrainingState state)
    {
        var actor = TakeActor(state);
        return _thread!.Add(() => Play(state, actor, wholeRound: true));
    }

    /// <summary>Waits for the end of a round.</summary>
    /// <returns>The exception it failed with, or null.</returns>
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
        var (steps, due, failure) = (state.EnvironmentSteps, 0L, (Exception?)null);
        do
        {
            var episodes = new List<Episode>();
            var done = 0;
            try
            {
                (done, failure) = _experience.Step(actor, random, episodes);
            }
            catch (OperationCanceledException e)
            {
                // The episodes that ended before an environment stopped answering are kept.
                failure = e;
            }
            var before = steps;
            steps += done;
            ended.AddRange(episodes.Select(episode => (episode, steps)));
            due = state.Prefilled ? (steps / _options.TrainEverySteps - before / _options.TrainEverySteps) * _options.UpdatesPerTrain : 0;
        }
        while (wholeRound && due == 0 && failure is null);
        return new PlayedSteps(ended, steps, due, failure);
    }
}
