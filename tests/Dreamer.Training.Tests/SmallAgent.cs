using Dreamer.Training.Behavior;
using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.Replay;
using Dreamer.Training.WorldModel;
using TorchSharp;

namespace Dreamer.Training.Tests;

/// <summary>Tiny networks and a batch of Catch for them, equal for equal seeds.</summary>
internal sealed class SmallAgent : IDisposable
{
    public SmallAgent(int seed = 1, int length = 10, int size = 4, NetworkOptions? sizes = null)
    {
        torch.manual_seed(seed);
        var game = new Catch(1);
        WorldModel = new WorldModelNetworks(sizes ?? Sizes, game.ObservationSpace, game.ActionSpace);
        ActorCritic = new ActorCriticNetworks(sizes ?? Sizes, game.ActionSpace);
        Sequences = new SequenceBatch(length, size, game.ObservationSpace, game.ActionSpace.Size);
        Fill(game, new SeededRandom((ulong)seed));
        Batch = new TrainingBatch(Sequences, discount: 0.9, RewardTransform.Identity);
    }

    public static NetworkOptions Sizes { get; } = DreamerPresets.Debug.Networks;

    public WorldModelNetworks WorldModel { get; }

    public ActorCriticNetworks ActorCritic { get; }

    public SequenceBatch Sequences { get; }

    public TrainingBatch Batch { get; }

    /// <summary>All weights of a module, in one array.</summary>
    public static float[] Weights(torch.nn.Module module) => [.. module.parameters().SelectMany(p => p.data<float>().ToArray())];

    public void Dispose()
    {
        Batch.Dispose();
        WorldModel.Dispose();
        ActorCritic.Dispose();
    }

    private void Fill(Catch game, SeededRandom random)
    {
        for (var b = 0; b < Sequences.Size; b++)
        {
            var (step, action) = (game.Reset(), new float[3]);
            for (var t = 0; t < Sequences.Length; t++)
            {
                if (t > 0)
                {
                    action = step.IsLast ? new float[3] : OneHot.Create(random.Next(3), 3);
                    step = step.IsLast ? game.Reset() : game.Step(action);
                }
                var row = t * Sequences.Size + b;
                step.Image!.CopyTo(Sequences.Images, row * 50);
                action.CopyTo(Sequences.Actions, row * 3);
                Sequences.Rewards[row] = step.Reward;
                Sequences.IsFirst[row] = step.IsFirst ? 1 : 0;
                Sequences.IsTerminal[row] = step.IsTerminal ? 1 : 0;
            }
        }
    }
}
