using System.Globalization;
using System.Text.Json.Serialization;

namespace Dreamer.Training.Behavior;

/// <summary>A number that may change during a run, as a function of the environment steps.</summary>
/// <remarks>
/// Written as in the reference (danijar/dreamerv2, other.py, schedule):
/// <list type="table">
/// <item><term><c>0.1</c></term><description>constant</description></item>
/// <item><term><c>linear(a,b,steps)</c></term><description>from a to b over the steps, then b</description></item>
/// <item><term><c>warmup(steps,v)</c></term><description>from 0 to v over the steps, then v</description></item>
/// <item><term><c>exp(a,b,halflife)</c></term><description>from a towards b, halving the distance in every halflife</description></item>
/// <item><term><c>horizon(a,b,steps)</c></term><description>1 - 1 / h, with h from a to b over the steps</description></item>
/// </list>
/// Immutable and thread-safe; equal if the text is.
/// </remarks>
[JsonConverter(typeof(ScheduleJsonConverter))]
public sealed record Schedule
{
    /// <summary>The forms other than a number, for messages.</summary>
    internal const string Syntax = "linear(from,to,steps), warmup(steps,value), exp(from,to,halflife) or horizon(from,to,steps)";

    private static readonly Dictionary<string, (int Count, Func<double[], double, double> At, Func<double[], string?> Error)> Forms =
        new(StringComparer.Ordinal)
        {
            ["linear"] = (3, static (n, step) => Between(n[0], n[1], step / n[2]), static n => PositiveSteps(n[2])),
            ["warmup"] = (2, static (n, step) => Between(0, n[1], step / n[0]), static n => PositiveSteps(n[0])),
            ["exp"] = (3, static (n, step) => (n[0] - n[1]) * Math.Pow(0.5, step / n[2]) + n[1], static n => PositiveSteps(n[2])),
            ["horizon"] = (3, static (n, step) => 1 - 1 / Between(n[0], n[1], step / n[2]), static n =>
                PositiveSteps(n[2]) ?? (n[0] >= 1 && n[1] >= 1 ? null : "horizons must be at least 1")),
        };

    private readonly Func<double[], double, double>? _at;
    private readonly double[] _numbers;

    private Schedule(string text, Func<double[], double, double>? at, double[] numbers) => (Text, _at, _numbers) = (text, at, numbers);

    /// <summary>The schedule as text.</summary>
    public string Text { get; }

    /// <summary>The number if it never changes, else null.</summary>
    public double? Constant => _at is null ? _numbers[0] : null;

    /// <summary>A constant schedule.</summary>
    public static implicit operator Schedule(double value) => FromDouble(value);

    /// <inheritdoc cref="Parse"/>
    public static implicit operator Schedule(string text) => Parse(text);

    /// <inheritdoc cref="op_Implicit(double)"/>
    public static Schedule FromDouble(double value) => new(value.ToString("R", CultureInfo.InvariantCulture), null, [value]);

    /// <inheritdoc cref="Parse"/>
    public static Schedule FromString(string text) => Parse(text);

    /// <summary>Reads a schedule.</summary>
    /// <param name="text">The schedule as text.</param>
    /// <exception cref="FormatException">The text is not a schedule; the message lists the valid forms.</exception>
    public static Schedule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        if (TryNumber(trimmed, out var constant))
        {
            return constant;
        }
        var open = trimmed.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || !trimmed.EndsWith(')') || !Forms.TryGetValue(trimmed[..open].TrimEnd(), out var form))
        {
            throw Failure(text, "it is neither a number nor a known form");
        }
        var parts = trimmed[(open + 1)..^1].Split(',');
        var numbers = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!TryNumber(parts[i], out numbers[i]))
            {
                throw Failure(text, $"'{parts[i].Trim()}' is not a number");
            }
        }
        return numbers.Length != form.Count ? throw Failure(text, $"it needs {form.Count} numbers")
            : form.Error(numbers) is { } error ? throw Failure(text, error)
            : new Schedule(trimmed, form.At, numbers);
    }

    /// <summary>The number after some environment steps.</summary>
    /// <param name="step">Environment steps so far.</param>
    public double At(long step) => _at?.Invoke(_numbers, step) ?? _numbers[0];

    /// <inheritdoc/>
    public bool Equals(Schedule? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Whether every number of the schedule is in a range; all forms are monotonic, so the two ends decide.</summary>
    internal bool IsWithin(double least, double greatest)
    {
        return _numbers.All(double.IsFinite) && Contains(At(0)) && Contains(At(long.MaxValue));

        bool Contains(double value) => value >= least && value <= greatest;
    }

    private static double Between(double from, double to, double part) => from + (to - from) * Math.Clamp(part, 0, 1);

    private static string? PositiveSteps(double steps) => steps > 0 ? null : "the number of steps must be above 0";

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private static FormatException Failure(string text, string why) => new(
        $"'{text}' is not a schedule: {why}. It must be a number, {Syntax}.");
}
