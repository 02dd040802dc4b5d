using Dreamer.Inference;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Schema;

/// <summary>The columns of an agent's sizes that several transformers read.</summary>
internal static class AgentColumns
{
    /// <summary>A latent state: stoch, then deter.</summary>
    internal static InputColumn Latent(string name, string option, AgentManifest manifest) =>
        new(name, option, ExpectedType.Vector(NumberDataViewType.Single, manifest.Latent.Size));

    /// <summary>An encoded observation.</summary>
    internal static InputColumn Embedding(string name, string option, AgentManifest manifest) =>
        new(name, option, ExpectedType.Vector(NumberDataViewType.Single, manifest.Latent.Embedding));

    /// <summary>An action: a vector, or a key if actions are discrete.</summary>
    internal static InputColumn Action(string name, string option, ActionManifest action, bool unnamedKeys)
    {
        var vector = ExpectedType.Vector(NumberDataViewType.Single, action.Size);
        return Named(action.IsDiscrete ? new(name, option, vector, ExpectedType.NamedKey) : new(name, option, vector), action, unnamedKeys);
    }

    /// <summary>Several actions, one after the other: vectors, or keys if actions are discrete.</summary>
    internal static InputColumn Actions(string name, string option, ActionManifest action, int count, bool unnamedKeys)
    {
        var (rows, flat) = (ExpectedType.Vector(NumberDataViewType.Single, count, action.Size), ExpectedType.Vector(NumberDataViewType.Single, count * action.Size));
        return Named(action.IsDiscrete ? new(name, option, rows, flat, ExpectedType.Keys(count, action.Size)) : new(name, option, rows, flat), action, unnamedKeys);
    }

    private static InputColumn Named(InputColumn column, ActionManifest action, bool unnamedKeys) =>
        column with { Validate = found => ActionNames.Map(found, column.Option, action.Names, unnamedKeys) };
}
