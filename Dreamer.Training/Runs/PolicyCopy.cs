using Dreamer.Training.Behavior;
using Dreamer.Training.Networks;
using Dreamer.Training.WorldModel;
using TorchSharp;

namespace Dreamer.Training.Runs;

/// <summary>A copy of the networks for acting, whose weights do not change during an update.</summary>
/// <remarks>Owns its networks. Not thread-safe: <see cref="Take"/> while nothing acts.</remarks>
internal sealed class PolicyCopy : IDisposable
{
    private readonly WorldModelNetworks _learnt;
    private (long Updates, Actor? Actor) _taken = (-1, null);

    /// <summary>Makes networks of the same shapes, on the same device.</summary>
    public PolicyCopy(WorldModelNetworks learned)
    {
        _learnt = learned;
        var device = learned.parameters().First().device;
        WorldModel = new WorldModelNetworks(learned.Options, learned.ObservationSpace, learned.ActionSpace);
        WorldModel.to(device);
        Actor = new Actor(learned.Options, learned.ActionSpace);
        Actor.to(device);
    }

    /// <summary>The world model; only encoder and recurrent model are copied.</summary>
    public WorldModelNetworks WorldModel { get; }

    /// <summary>The policy.</summary>
    public Actor Actor { get; }

    /// <summary>Copies the current weights.</summary>
    /// <param name="actor">The policy to copy.</param>
    /// <param name="updates">Updates so far; without a new update nothing is copied.</param>
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

    /// <summary>Forces the next copy, because the weights changed without an update.</summary>
    public void Forget() => _taken = (-1, null);

    public void Dispose()
    {
        WorldModel.Dispose();
        Actor.Dispose();
    }
}
