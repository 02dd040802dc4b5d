namespace Dreamer.Training.Environments;

/// <summary>The deterministic rules of Breakout on a 10x10 grid, an independent implementation of the MinAtar benchmark's.</summary>
internal sealed class BreakoutGame
{
    internal const int Side = 10;
    internal const int Channels = 4;

    private const int PaddleRow = Side - 1;
    private const int FirstBrickRow = 1;
    private const int BrickRows = 3;
    private const int PaddleStart = 4;
    private const int BallStartRow = 3;
    private const int PaddleChannel = 0;
    private const int BallChannel = 1;
    private const int TrailChannel = 2;
    private const int BrickChannel = 3;

    private readonly bool[] _bricks = new bool[Side * Side];
    private int _paddle;
    private (int X, int Y) _ball;
    private (int X, int Y) _trail;
    private (int X, int Y) _direction = (1, 1);
    private bool _hitBrick;

    /// <summary>Bytes in a saved game.</summary>
    internal static int StateSize => 8 + (Side * Side);

    /// <summary>Sets the game up.</summary>
    /// <param name="ballFromLeft">Whether the ball starts at the left, going right.</param>
    internal void Start(bool ballFromLeft)
    {
        _paddle = PaddleStart;
        _ball = (ballFromLeft ? 0 : Side - 1, BallStartRow);
        _trail = _ball;
        _direction = (ballFromLeft ? 1 : -1, 1);
        _hitBrick = false;
        FillBricks();
    }

    /// <summary>Plays one step.</summary>
    /// <param name="move">-1, 0 or 1: where the paddle goes.</param>
    /// <returns>The reward, and whether the game is over.</returns>
    internal (float Reward, bool IsOver) Step(int move)
    {
        _paddle = Math.Clamp(_paddle + move, 0, Side - 1);
        _trail = _ball;
        var (x, y) = (_ball.X + _direction.X, _ball.Y + _direction.Y);
        if (x is < 0 or >= Side)
        {
            x = Math.Clamp(x, 0, Side - 1);
            _direction.X = -_direction.X;
        }

        var (reward, over, hadHit) = (0f, false, _hitBrick);
        _hitBrick = false;
        if (y < 0)
        {
            y = 0;
            _direction.Y = -_direction.Y;
        }
        else if (_bricks[(y * Side) + x])
        {
            // A ball that hits bricks in two consecutive steps passes through the second.
            if (!hadHit)
            {
                (reward, _hitBrick) = (1, true);
                _bricks[(y * Side) + x] = false;
                y = _ball.Y;
                _direction.Y = -_direction.Y;
            }
        }
        else if (y == PaddleRow)
        {
            if (!_bricks.Contains(true))
            {
                FillBricks();
            }
            if (_paddle == _ball.X)
            {
                y = _ball.Y;
                _direction.Y = -_direction.Y;
            }
            else if (_paddle == x)
            {
                y = _ball.Y;
                _direction = (-_direction.X, -_direction.Y);
            }
            else
            {
                over = true;
            }
        }
        _ball = (x, y);
        return (reward, over);
    }

    /// <summary>Draws the game.</summary>
    /// <param name="image">[y, x, channel] with the channels paddle, ball, trail, brick: 255 or 0.</param>
    internal void Draw(Span<byte> image)
    {
        image.Clear();
        image[At(_paddle, PaddleRow) + PaddleChannel] = byte.MaxValue;
        image[At(_ball.X, _ball.Y) + BallChannel] = byte.MaxValue;
        image[At(_trail.X, _trail.Y) + TrailChannel] = byte.MaxValue;
        for (var cell = 0; cell < _bricks.Length; cell++)
        {
            if (_bricks[cell])
            {
                image[(cell * Channels) + BrickChannel] = byte.MaxValue;
            }
        }
    }

    internal byte[] SaveState() =>
    [
        (byte)_paddle, (byte)_ball.X, (byte)_ball.Y, (byte)_trail.X, (byte)_trail.Y, (byte)(_direction.X + 1), (byte)(_direction.Y + 1),
        _hitBrick ? (byte)1 : (byte)0, .. _bricks.Select(brick => brick ? (byte)1 : (byte)0),
    ];

    /// <returns>Whether the bytes are a valid game; if not, nothing changes.</returns>
    internal bool TryLoadState(ReadOnlySpan<byte> state)
    {
        if (state.Length != StateSize || state[..5].ContainsAnyExceptInRange((byte)0, (byte)(Side - 1))
            || state[5] is not (0 or 2) || state[6] is not (0 or 2) || state[7..].ContainsAnyExceptInRange((byte)0, (byte)1))
        {
            return false;
        }
        (_paddle, _ball, _trail) = (state[0], (state[1], state[2]), (state[3], state[4]));
        (_direction, _hitBrick) = ((state[5] - 1, state[6] - 1), state[7] == 1);
        for (var cell = 0; cell < _bricks.Length; cell++)
        {
            _bricks[cell] = state[8 + cell] == 1;
        }
        return true;
    }

    private static int At(int x, int y) => ((y * Side) + x) * Channels;

    private void FillBricks() => _bricks.AsSpan(FirstBrickRow * Side, BrickRows * Side).Fill(true);
}
