using Dreamer.Training.Tracing;

namespace Dreamer.Training.Networks;

/// <summary>A cell that carries the deterministic state from step to step.</summary>
internal abstract class RecurrentCell : Network
{
    /// <summary>Starts a cell; derived constructors end with <c>RegisterComponents</c>.</summary>
    /// <param name="name">The module's name in TorchSharp.</param>
    private protected RecurrentCell(string name)
        : base(name)
    {
    }

    /// <summary>Steps the cell.</summary>
    /// <param name="input">[batch, inputs].</param>
    /// <param name="state">[batch, units], the state before.</param>
    /// <returns>[batch, units], the state after.</returns>
    public abstract Traced Forward(Traced input, Traced state);
}
