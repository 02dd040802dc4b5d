using Dreamer.Training.Behavior;
using Dreamer.Training.Networks;
using Dreamer.Training.WorldModel;
using TorchSharp;

namespace Dreamer.Training.Runs;

/// <summary>The networks that act, apart from those that learn: weights that stay as they are while an update changes the others.</summary>
/// <remarks>Owns its networks. Not thread-safe: <see cref="Take"/> while nothing acts.</remarks>
internal sealed class PolicyCopy : IDisposable
{
    private readonly WorldModelNetworks _learnt;
    private (long Updates, Actor? Actor) _taken = (-1, null);

    /// <summary>Makes networks of the same shapes, on the same device.</summary>
    public PolicyCopy(WorldModelNetworks learnt)
    {
        _learnt = learnt;
        var device = learnt.parameters().First().device;
        WorldModel = new WorldModelNetworks(learnt.Options, learnt.ObservationSpace, learnt.ActionSpace);
        WorldModel.to(device);
        Actor = new Actor(learnt.Options, learnt.ActionSpace);
        Actor.to(device);
    }

    /// <summary>The world model; only what carries the state from row to row is ever copied.</summary>
    public WorldModelNetworks WorldModel { get; }

    /// <summary>The policy.</summary>
    public Actor Actor { get; }

    /// <summary>Takes the weights as they are.</summary>
    /// <param name="actor">Whose policy.</param>
    /// <param name="updates">Updates so far: while there are no more, the weights are those that were taken.</param>
    public void Take(Actor actor, long updates)
    {
        if (_taken == (updates, actor))
        {
            return;
        }
        WorldModel.Encoder.CopyParametersFrom(_learnt.Encoder);
        WorldModel.Rssm.CopyParametersFrom(_learnt.Rssm);
        Actor.CopyParametersFrom(actor);
        _taken = (updates, actor);
    }

    /// <summary>Forgets what was taken, because weights changed otherwise than by an update.</summary>
    public void Forget() => _taken = (-1, null);

    public void Dispose()
    {
        WorldModel.Dispose();
        Actor.Dispose();
    }
}
