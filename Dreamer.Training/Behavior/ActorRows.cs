using Dreamer.Training.Tracing;

namespace Dreamer.Training.Behavior;

/// <summary>Imagined steps as the actor's loss reads them, one per row: what was done in a state, and what it is answerable for.</summary>
/// <param name="Policies">[rows, statistics], the policy in the state, with gradient.</param>
/// <param name="Actions">[rows, action], the action picked there.</param>
/// <param name="Returns">[rows], the return that the action can still change.</param>
/// <param name="Baselines">[rows], the value of the state, which only lowers the variance.</param>
/// <param name="Weights">[rows], how likely the state is reached at all, without gradient.</param>
internal sealed record ActorRows(Traced Policies, Traced Actions, Traced Returns, Traced Baselines, Traced Weights);
