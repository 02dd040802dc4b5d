using Dreamer.Training.Environments.Drawing;

namespace Dreamer.Training.Environments;

/// <summary>Swing a pendulum up with a motor too weak to lift it, and hold it there, like Gym's Pendulum-v1.</summary>
/// <remarks>
/// A step takes a torque u in ±2 N m and 0.05 s. With the angle θ from upright, in (-π, π], and the angular velocity ω before the step
/// the reward is -(θ² + 0.1 ω² + 0.001 u²), from -16.3 to 0; then ω grows by (3 g / (2 l) sin θ + 3 u / (m l²)) dt, is kept within ±8,
/// and θ grows by the new ω dt (g = 10, m = 1, l = 1). Episodes start anywhere, ω in ±1, never end, and are cut after 200 steps. The vector
/// is cos θ, sin θ, ω. The image shows no velocity: an agent has to remember. A random policy scores about -1230, a good one about -150.
/// </remarks>
public sealed class Pendulum : IResumableEnvironment
{
    /// <summary>The registry name of the task with vector observations.</summary>
    public const string Name = "pendulum";

    /// <summary>The registry name of the task with image observations.</summary>
    public const string ImageName = "pendulum-pixels";

    /// <summary>The steps after which an episode is truncated.</summary>
    public const int MaxSteps = 200;

    private const float MaxTorque = 2;
    private const double MaxVelocity = 8;
    private const double Gravity = 10;
    private const double Mass = 1;
    private const double Length = 1;
    private const double Seconds = 0.05;

    private readonly EpisodeClock _clock;
    private readonly Canvas? _canvas;
    private readonly float[]? _vector;
    private double _angle;
    private double _velocity;

    /// <summary>Creates a pendulum.</summary>
    /// <param name="seed">The seed of the episodes' starts.</param>
    /// <param name="observation">The kind of observation.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind of observation is unknown.</exception>
    public Pendulum(ulong seed, ObservationKind observation = ObservationKind.Vector)
    {
        _clock = new EpisodeClock(seed, MaxSteps);
        (ObservationSpace, _vector, _canvas) = ObservationForm.Create(observation, vectorSize: 3);
    }

    /// <inheritdoc/>
    public ObservationSpace ObservationSpace { get; }

    /// <inheritdoc/>
    public ActionSpace ActionSpace { get; } = ActionSpace.Continuous([-MaxTorque], [MaxTorque]);

    /// <inheritdoc/>
    public EnvironmentStep Reset() => Start(Math.PI * Uniform(), Uniform());

    /// <inheritdoc/>
    public EnvironmentStep Step(ReadOnlySpan<float> action)
    {
        ActionSpace.Require(action);
        _clock.RequireRunning();
        double torque = action[0];
        // Without whole turns, which an agent cannot see.
        var lean = Math.IEEERemainder(_angle, 2 * Math.PI);
        var cost = (lean * lean) + (0.1 * _velocity * _velocity) + (0.001 * torque * torque);
        var acceleration = (3 * Gravity / (2 * Length) * Math.Sin(_angle)) + (3 / (Mass * Length * Length) * torque);
        _velocity = Math.Clamp(_velocity + (acceleration * Seconds), -MaxVelocity, MaxVelocity);
        _angle += _velocity * Seconds;
        return Seen(_clock.Advance(-cost, isTerminal: false));
    }

    /// <inheritdoc/>
    public byte[] SaveState() => [.. StateNumbers.ToBytes(_angle, _velocity), .. _clock.SaveState()];

    /// <inheritdoc/>
    public void LoadState(ReadOnlySpan<byte> state)
    {
        var size = StateNumbers.Size(2);
        Span<double> numbers = stackalloc double[2];
        if (state.Length < size || !StateNumbers.TryRead(state[..size], numbers) || !_clock.TryLoadState(state[size..]))
        {
            throw new ArgumentException($"These {state.Length} bytes are not a state of Pendulum.", nameof(state));
        }
        (_angle, _velocity) = (numbers[0], numbers[1]);
    }

    /// <summary>Starts an episode in a given state.</summary>
    /// <param name="angle">In radians from upright, counterclockwise.</param>
    /// <param name="velocity">In radians a second.</param>
    internal EnvironmentStep Start(double angle, double velocity)
    {
        (_angle, _velocity) = (angle, velocity);
        return Seen(_clock.Start());
    }

    private double Uniform() => (2 * _clock.Random.NextDouble()) - 1;

    private EnvironmentStep Seen(EnvironmentStep step)
    {
        if (_canvas is not null)
        {
            PendulumPicture.Draw(_canvas, _angle);
            return step with { Image = _canvas.Pixels };
        }
        (_vector![0], _vector[1], _vector[2]) = ((float)Math.Cos(_angle), (float)Math.Sin(_angle), (float)_velocity);
        return step with { Vector = _vector };
    }
}
