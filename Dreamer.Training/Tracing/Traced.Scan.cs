using static TorchSharp.torch;

namespace Dreamer.Training.Tracing;

internal readonly partial struct Traced
{
    // Dimension 0 is the batch.
    private const long StepDimension = 1;

    /// <summary>Repeats a step along sequences whose dimension 1 is the step, with states that pass from step to step.</summary>
    /// <param name="states">The states before the first step, each [batch, ...].</param>
    /// <param name="sequences">The inputs of the steps, each [batch, steps, ...]; at least one.</param>
    /// <param name="step">
    /// Computes the next states and the outputs of a step, each [batch, ...], from the states and the sequences' elements.
    /// </param>
    /// <param name="backward">Whether the last element comes first.</param>
    /// <returns>The states after the last step, and the outputs, each [batch, steps, ...], in the order of the sequences.</returns>
    internal static (Traced[] States, Traced[] Outputs) Scan(
        IReadOnlyList<Traced> states,
        IReadOnlyList<Traced> sequences,
        Func<IReadOnlyList<Traced>, IReadOnlyList<Traced>, (Traced[] States, Traced[] Outputs)> step,
        bool backward = false)
    {
        var (after, outputs) = Tracer.Untraced(() => Loop(states, sequences, step, backward));
        if (Tracer.Current is not { } tracer)
        {
            return (after, outputs);
        }
        var examples = states.Select(state => state.Value).Concat(sequences.Select(sequence => sequence.Value.select(StepDimension, 0)));
        var body = tracer.Inner("Scan", [.. examples], given =>
        {
            var (next, made) = step([.. given.Take(states.Count)], [.. given.Skip(states.Count)]);
            return [.. next, .. made];
        });
        var direction = backward ? 1L : 0L;
        List<OnnxAttribute> attributes =
        [
            ("body", body), ("num_scan_inputs", (long)sequences.Count),
            ("scan_input_axes", Each(sequences.Count, StepDimension)), ("scan_input_directions", Each(sequences.Count, direction)),
        ];
        if (outputs.Length > 0)
        {
            attributes.Add(("scan_output_axes", Each(outputs.Length, StepDimension)));
            attributes.Add(("scan_output_directions", Each(outputs.Length, direction)));
        }
        var recorded = tracer.Record(
            "Scan", [.. after.Concat(outputs).Select(result => result.Value)], [.. states, .. sequences], [.. attributes]);
        return (recorded[..after.Length], recorded[after.Length..]);
    }

    private static (Traced[] States, Traced[] Outputs) Loop(
        IReadOnlyList<Traced> states,
        IReadOnlyList<Traced> sequences,
        Func<IReadOnlyList<Traced>, IReadOnlyList<Traced>, (Traced[] States, Traced[] Outputs)> step,
        bool backward)
    {
        var steps = (int)sequences[0].Shape[StepDimension];
        var made = new Traced[steps][];
        Traced[] current = [.. states];
        foreach (var index in backward ? Enumerable.Range(0, steps).Reverse() : Enumerable.Range(0, steps))
        {
            (current, made[index]) = step(current, [.. sequences.Select(sequence => FromTensor(sequence.Value.select(StepDimension, index)))]);
        }
        return (current, [.. made[0].Select((_, output) => FromTensor(stack(made.Select(elements => elements[output].Value), StepDimension)))]);
    }

    private static long[] Each(int count, long value) => [.. Enumerable.Repeat(value, count)];
}
