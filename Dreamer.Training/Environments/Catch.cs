using Dreamer.Inference;
using Dreamer.Training.Randomness;

namespace Dreamer.Training.Environments;

/// <summary>Catch a falling ball with a paddle: 10 rows of 5 cells, 3 actions, +1 or -1 at the end of nine steps.</summary>
/// <remarks>
/// The ball starts in a random column of the top row and falls a row a step; the paddle starts in the middle of the bottom row.
/// When the ball reaches the bottom row the episode ends, with +1 if the paddle is in its column and -1 otherwise. The image
/// has one byte per cell: 255 for ball and paddle, 0 otherwise. A random policy scores about -0.6, a perfect one 1.
/// After "Recurrent models of visual attention" (Mnih et al., 2014), section 4.2, in bsuite's size.
/// </remarks>
public sealed class Catch : IResumableEnvironment
{
    /// <summary>The environment's name in the registry.</summary>
    public const string Name = "catch";

    private const int Rows = 10;
    private const int Columns = 5;
    private const int Header = 4;

    private readonly SeededRandom _random;
    private readonly byte[] _image = new byte[Rows * Columns];
    private int _ballRow;
    private int _ballColumn;
    private int _paddle;
    private bool _running;

    /// <summary>Creates a game.</summary>
    /// <param name="seed">The seed of the balls' columns.</param>
    public Catch(ulong seed) => _random = new SeededRandom(seed);

    /// <inheritdoc/>
    public ObservationSpace ObservationSpace { get; } = new(new ImageShape(Rows, Columns, 1));

    /// <inheritdoc/>
    public ActionSpace ActionSpace { get; } = ActionSpace.Discrete("left", "stay", "right");

    /// <inheritdoc/>
    public EnvironmentStep Reset()
    {
        (_ballRow, _ballColumn, _paddle, _running) = (0, _random.Next(Columns), Columns / 2, true);
        return new EnvironmentStep { Image = Draw(), IsFirst = true };
    }

    /// <inheritdoc/>
    public EnvironmentStep Step(ReadOnlySpan<float> action)
    {
        var move = OneHot.IndexOf(action, ActionSpace.Size) - 1;
        if (!_running)
        {
            throw new InvalidOperationException("No episode is running: call Reset first.");
        }
        _paddle = Math.Clamp(_paddle + move, 0, Columns - 1);
        _ballRow++;
        var ended = _ballRow == Rows - 1;
        _running = !ended;
        var reward = !ended ? 0 : _paddle == _ballColumn ? 1 : -1;
        return new EnvironmentStep { Image = Draw(), Reward = reward, IsLast = ended, IsTerminal = ended };
    }

    /// <inheritdoc/>
    public byte[] SaveState() => [(byte)_ballRow, (byte)_ballColumn, (byte)_paddle, _running ? (byte)1 : (byte)0, .. _random.SaveState()];

    /// <inheritdoc/>
    public void LoadState(ReadOnlySpan<byte> state)
    {
        if (state.Length != Header + SeededRandom.StateSize
            || state[0] >= Rows || state[1] >= Columns || state[2] >= Columns || state[3] > 1)
        {
            throw new ArgumentException($"These {state.Length} bytes are not a state of Catch.", nameof(state));
        }
        _random.LoadState(state[Header..]);
        (_ballRow, _ballColumn, _paddle, _running) = (state[0], state[1], state[2], state[3] == 1);
    }

    private byte[] Draw()
    {
        Array.Clear(_image);
        _image[_ballRow * Columns + _ballColumn] = byte.MaxValue;
        _image[(Rows - 1) * Columns + _paddle] = byte.MaxValue;
        return _image;
    }
}
