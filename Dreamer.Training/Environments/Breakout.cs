using Dreamer.Inference;
using Dreamer.Training.Randomness;

namespace Dreamer.Training.Environments;

/// <summary>Breakout on a 10x10 grid, compatible with the public MinAtar benchmark's: bounce a ball off a paddle, +1 a brick.</summary>
/// <remarks>
/// The image has one byte per cell and channel, 0 or 255; the channels are paddle, ball, trail (the ball one step ago) and brick. The
/// episode ends when the ball passes the paddle; there is no time limit. A random policy scores about 0.4.
/// Rules after Young and Tian, "MinAtar" (2019).
/// </remarks>
public sealed class Breakout : IResumableEnvironment
{
    /// <summary>The environment's name in the registry.</summary>
    public const string Name = "breakout";

    /// <summary>The benchmark's probability that the previous action is repeated instead of the given one.</summary>
    public const double DefaultStickiness = 0.1;

    private const int Header = 2;

    private readonly BreakoutGame _game = new();
    private readonly SeededRandom _random;
    private readonly double _stickiness;
    private readonly byte[] _image = new byte[BreakoutGame.Side * BreakoutGame.Side * BreakoutGame.Channels];
    private int _last;
    private bool _running;

    /// <summary>Creates a game.</summary>
    /// <param name="seed">The seed of the balls' starts and of repeated actions.</param>
    /// <param name="stickiness">The probability that the previous action is repeated instead of the given one, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not in [0, 1].</exception>
    public Breakout(ulong seed, double stickiness = DefaultStickiness)
    {
        if (!(stickiness is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(stickiness), stickiness, "It must be in [0, 1].");
        }
        (_random, _stickiness) = (new SeededRandom(seed), stickiness);
    }

    /// <inheritdoc/>
    public ObservationSpace ObservationSpace { get; } = new(new ImageShape(BreakoutGame.Side, BreakoutGame.Side, BreakoutGame.Channels));

    /// <inheritdoc/>
    public ActionSpace ActionSpace { get; } = ActionSpace.Discrete("stay", "left", "right");

    /// <inheritdoc/>
    public EnvironmentStep Reset() => Start(_random.Next(2) == 0);

    /// <inheritdoc/>
    public EnvironmentStep Step(ReadOnlySpan<float> action)
    {
        var chosen = OneHot.IndexOf(action, ActionSpace.Size);
        if (!_running)
        {
            throw new InvalidOperationException("No episode is running: call Reset first.");
        }
        // Drawn at every step, even at stickiness 0, so that a seed's balls start alike for every stickiness.
        var sticks = _random.NextDouble() < _stickiness;
        _last = sticks ? _last : chosen;
        var (reward, over) = _game.Step(_last switch { 1 => -1, 2 => 1, _ => 0 });
        _running = !over;
        return new EnvironmentStep { Image = Draw(), Reward = reward, IsLast = over, IsTerminal = over };
    }

    /// <inheritdoc/>
    public byte[] SaveState() => [(byte)_last, _running ? (byte)1 : (byte)0, .. _game.SaveState(), .. _random.SaveState()];

    /// <inheritdoc/>
    public void LoadState(ReadOnlySpan<byte> state)
    {
        if (state.Length != Header + BreakoutGame.StateSize + SeededRandom.StateSize || state[0] > 2 || state[1] > 1
            || !_game.TryLoadState(state.Slice(Header, BreakoutGame.StateSize)))
        {
            throw new ArgumentException($"These {state.Length} bytes are not a state of Breakout.", nameof(state));
        }
        _random.LoadState(state[(Header + BreakoutGame.StateSize)..]);
        (_last, _running) = (state[0], state[1] == 1);
    }

    /// <summary>Starts an episode with the ball on a given side.</summary>
    internal EnvironmentStep Start(bool ballFromLeft)
    {
        _game.Start(ballFromLeft);
        (_last, _running) = (0, true);
        return new EnvironmentStep { Image = Draw(), IsFirst = true };
    }

    private byte[] Draw()
    {
        _game.Draw(_image);
        return _image;
    }
}
