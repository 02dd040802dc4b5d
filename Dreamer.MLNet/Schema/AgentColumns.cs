using Dreamer.Inference;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Schema;

/// <summary>The columns of an agent's sizes that several transformers read.</summary>
internal static class AgentColumns
{
    /// <summary>A latent state: stoch, then deter.</summary>
    internal static InputColumn Latent(string name, string option, AgentManifest manifest) =>
        new(name, option, ColumnForm.Vector(NumberDataViewType.Single, manifest.Latent.Size));

    /// <summary>An encoded observation.</summary>
    internal static InputColumn Embedding(string name, string option, AgentManifest manifest) =>
        new(name, option, ColumnForm.Vector(NumberDataViewType.Single, manifest.Latent.Embedding));

    /// <summary>An action: a vector, or a key if actions are discrete.</summary>
    internal static InputColumn Action(string name, string option, ActionManifest action)
    {
        var vector = ColumnForm.Vector(NumberDataViewType.Single, action.Size);
        return action.IsDiscrete ? new(name, option, vector, ColumnForm.Key(action.Size)) : new(name, option, vector);
    }

    /// <summary>Several actions, one after the other: vectors, or keys if actions are discrete.</summary>
    internal static InputColumn Actions(string name, string option, ActionManifest action, int count)
    {
        var (rows, flat) = (ColumnForm.Vector(NumberDataViewType.Single, count, action.Size), ColumnForm.Vector(NumberDataViewType.Single, count * action.Size));
        return action.IsDiscrete ? new(name, option, rows, flat, ColumnForm.Keys(count, action.Size)) : new(name, option, rows, flat);
    }
}
