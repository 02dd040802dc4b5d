using Dreamer.Training.Environments.Drawing;

namespace Dreamer.Training.Environments;

/// <summary>Balance a pole on a cart that is pushed left or right: +1 per step, like Gym's CartPole-v1.</summary>
/// <remarks>
/// An episode starts near upright, each number of the state uniform in ±0.05. It terminates when the cart is more than 2.4 m from
/// the middle or the pole leans more than 12 degrees; that step still earns 1. It is truncated after 500 steps. The vector is
/// the cart's position and velocity and the pole's angle and angular velocity (m, m/s, rad, rad/s). The image shows no velocities: an
/// agent has to remember. A random policy scores about 22, a perfect one 500.
/// </remarks>
public sealed class CartPole : IResumableEnvironment
{
    /// <summary>The registry name of the task with vector observations.</summary>
    public const string Name = "cartpole";

    /// <summary>The registry name of the task with image observations.</summary>
    public const string ImageName = "cartpole-pixels";

    /// <summary>The steps after which an episode is truncated.</summary>
    public const int MaxSteps = 500;

    private const double StartRange = 0.05;
    private const int Numbers = 4;

    private readonly EpisodeClock _clock;
    private readonly Canvas? _canvas;
    private readonly float[]? _vector;
    private CartPoleState _state;

    /// <summary>Creates a cart with a pole.</summary>
    /// <param name="seed">The seed of the episodes' starts.</param>
    /// <param name="observation">The kind of observation.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind of observation is unknown.</exception>
    public CartPole(ulong seed, ObservationKind observation = ObservationKind.Vector)
    {
        _clock = new EpisodeClock(seed, MaxSteps);
        (ObservationSpace, _vector, _canvas) = ObservationForm.Create(observation, Numbers);
    }

    /// <inheritdoc/>
    public ObservationSpace ObservationSpace { get; }

    /// <inheritdoc/>
    public ActionSpace ActionSpace { get; } = ActionSpace.Discrete("left", "right");

    /// <inheritdoc/>
    public EnvironmentStep Reset() => Start(new CartPoleState(StartNumber(), StartNumber(), StartNumber(), StartNumber()));

    /// <inheritdoc/>
    public EnvironmentStep Step(ReadOnlySpan<float> action)
    {
        var toTheRight = OneHot.IndexOf(action, ActionSpace.Size) == 1;
        _clock.RequireRunning();
        _state = _state.Pushed(toTheRight);
        return Seen(_clock.Advance(reward: 1, _state.IsLost));
    }

    /// <inheritdoc/>
    public byte[] SaveState() =>
        [.. StateNumbers.ToBytes(_state.Position, _state.Velocity, _state.Angle, _state.AngularVelocity), .. _clock.SaveState()];

    /// <inheritdoc/>
    public void LoadState(ReadOnlySpan<byte> state)
    {
        var size = StateNumbers.Size(Numbers);
        Span<double> numbers = stackalloc double[Numbers];
        if (state.Length < size || !StateNumbers.TryRead(state[..size], numbers) || !_clock.TryLoadState(state[size..]))
        {
            throw new ArgumentException($"These {state.Length} bytes are not a state of CartPole.", nameof(state));
        }
        _state = new CartPoleState(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    /// <summary>Starts an episode in a given state.</summary>
    internal EnvironmentStep Start(CartPoleState state)
    {
        _state = state;
        return Seen(_clock.Start());
    }

    private double StartNumber() => StartRange * ((2 * _clock.Random.NextDouble()) - 1);

    private EnvironmentStep Seen(EnvironmentStep step)
    {
        if (_canvas is not null)
        {
            CartPolePicture.Draw(_canvas, _state);
            return step with { Image = _canvas.Pixels };
        }
        (_vector![0], _vector[1], _vector[2], _vector[3]) =
            ((float)_state.Position, (float)_state.Velocity, (float)_state.Angle, (float)_state.AngularVelocity);
        return step with { Vector = _vector };
    }
}
