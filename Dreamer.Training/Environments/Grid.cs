using Dreamer.Inference;
using Dreamer.Training.Environments.Drawing;
using Dreamer.Training.Validation;

namespace Dreamer.Training.Environments;

/// <summary>Walk a grid of 6x5 cells, the walls around it included, from the lower left to the goal at the upper right, past a hole.</summary>
/// <remarks>
/// <code>
/// ######
/// #   G#    G: goal, +1, ends the episode
/// # # X#    X: hole, -1, ends the episode
/// #S   #    S: start; every other step costs <see cref="GridOptions.StepReward"/>
/// ######
/// </code>
/// A step may slip to either side of its direction, and a step into a wall stays. The vector is the cell's column and row, counted from
/// the upper left corner, walls included, unscaled: (1, 3) at the start, (4, 1) at the goal. The image shows the whole grid.
/// With the defaults the best policy earns 0.745 on average and a random one -1.32; with <see cref="GridOptions.Easy"/> it is 1 and -0.16.
/// The task is that of Russell and Norvig, "Artificial Intelligence: A Modern Approach", section 17.1.
/// </remarks>
public sealed class Grid : IResumableEnvironment
{
    /// <summary>The registry name of the task with the default options and vector observations.</summary>
    public const string Name = "grid";

    /// <summary>The registry name of <see cref="GridOptions.Easy"/>, which has image observations.</summary>
    public const string ImageName = "grid-image";

    private readonly EpisodeClock _clock;
    private readonly GridOptions _options;
    private readonly Canvas? _canvas;
    private readonly float[]? _vector;
    private (int Column, int Row) _place = GridMap.Start;

    /// <summary>Creates a grid.</summary>
    /// <param name="seed">The seed of slips.</param>
    /// <param name="options">The variant of the task; the classic one by default.</param>
    /// <exception cref="ArgumentException">An option is invalid; the message lists every error.</exception>
    public Grid(ulong seed, GridOptions? options = null)
    {
        _options = options ?? new GridOptions();
        OptionErrors.Validate(_options.Errors(), "The options of the grid", nameof(options));
        _clock = new EpisodeClock(seed, _options.MaxSteps);
        (ObservationSpace, _vector, _canvas) = ObservationForm.Create(_options.Observation, vectorSize: 2);
    }

    /// <inheritdoc/>
    public ObservationSpace ObservationSpace { get; }

    /// <inheritdoc/>
    public ActionSpace ActionSpace { get; } = ActionSpace.Discrete("left", "down", "right", "up");

    /// <inheritdoc/>
    public EnvironmentStep Reset()
    {
        _place = GridMap.Start;
        return Seen(_clock.Start());
    }

    /// <inheritdoc/>
    public EnvironmentStep Step(ReadOnlySpan<float> action)
    {
        var move = OneHot.IndexOf(action, ActionSpace.Size);
        _clock.RequireRunning();
        _place = GridMap.Next(_place, Slipped(move));
        var (reward, ends) = GridMap.At(_place.Column, _place.Row) switch
        {
            GridMap.Goal => (1, true),
            GridMap.Hole => (-1, true),
            _ => (_options.StepReward, false),
        };
        return Seen(_clock.Advance(reward, ends));
    }

    /// <inheritdoc/>
    public byte[] SaveState() => [(byte)_place.Column, (byte)_place.Row, .. _clock.SaveState()];

    /// <inheritdoc/>
    public void LoadState(ReadOnlySpan<byte> state)
    {
        if (state.Length != 2 + EpisodeClock.StateSize || state[0] >= GridMap.Columns || state[1] >= GridMap.Rows
            || GridMap.At(state[0], state[1]) == GridMap.Wall || !_clock.TryLoadState(state[2..]))
        {
            throw new ArgumentException($"These {state.Length} bytes are not a state of Grid with at most {_options.MaxSteps} steps.", nameof(state));
        }
        _place = (state[0], state[1]);
    }

    private int Slipped(int move)
    {
        // Drawn at every step, even without slips, so that the randomness of a seed does not depend on the options.
        var chance = _clock.Random.NextDouble();
        var turn = chance >= _options.SlipProbability ? 0 : chance < _options.SlipProbability / 2 ? 1 : GridMap.MoveCount - 1;
        return (move + turn) % GridMap.MoveCount;
    }

    private EnvironmentStep Seen(EnvironmentStep step)
    {
        if (_canvas is not null)
        {
            GridPicture.Draw(_canvas, _place);
            return step with { Image = _canvas.Pixels };
        }
        (_vector![0], _vector[1]) = (_place.Column, _place.Row);
        return step with { Vector = _vector };
    }
}
