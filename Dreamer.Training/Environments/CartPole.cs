using Dreamer.Training.Environments.Drawing;

namespace Dreamer.Training.Environments;

/// <summary>Keep a pole upright on a cart that is pushed to the left or the right: +1 a step, as Gym's CartPole-v1.</summary>
/// <remarks>
/// An episode starts near upright, each number of the state uniform in ±0.05. It ends, terminal, where the cart is more than 2.4 m from
/// the middle or the pole leans more than 12 degrees; that step still earns 1. It is cut, not terminal, after 500 steps. The vector is
/// the cart's position and velocity and the pole's angle and angular velocity (m, m/s, rad, rad/s). The image shows no velocities: an
/// agent has to remember. A random policy scores about 22, a perfect one 500.
/// </remarks>
public sealed class CartPole : IResumableEnvironment
{
    /// <summary>The name in the registry of the task seen as a vector.</summary>
    public const string Name = "cartpole";

    /// <summary>The name in the registry of the task seen as an image.</summary>
    public const string ImageName = "cartpole-pixels";

    /// <summary>After how many steps an episode is cut.</summary>
    public const int MaxSteps = 500;

    private const double StartRange = 0.05;
    private const int Numbers = 4;

    private readonly EpisodeClock _clock;
    private readonly Canvas? _canvas;
    private readonly float[]? _vector;
    private CartPoleState _state;

    /// <summary>Creates a cart with a pole.</summary>
    /// <param name="seed">Determines where episodes start.</param>
    /// <param name="observation">How it is shown.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind of observation.</exception>
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
            throw new ArgumentException($"These {state.Length} bytes are no state of CartPole.", nameof(state));
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
