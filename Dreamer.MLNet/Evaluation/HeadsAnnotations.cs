using Dreamer.Inference;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Evaluation;

/// <summary>How to read a column of values, stored as the column's annotations, so that it travels with the column.</summary>
internal static class HeadsAnnotations
{
    private const string IncludesReward = "ValueIncludesReward";
    private const string Gamma = "DiscountFactor";
    private const string RewardTransform = "RewardTransform";

    internal static DataViewSchema.Annotations Create(HeadsManifest heads)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(IncludesReward, BooleanDataViewType.Instance, (ref bool value) => value = heads.ValueIncludesReward);
        builder.Add(Gamma, NumberDataViewType.Double, (ref double value) => value = heads.Gamma);
        builder.Add(RewardTransform, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = heads.RewardTransform.AsMemory());
        return builder.ToAnnotations();
    }

    /// <summary>A column's annotations, or null if it has none.</summary>
    internal static HeadsManifest? Read(DataViewSchema.Column column)
    {
        var annotations = column.Annotations;
        if (new[] { IncludesReward, Gamma, RewardTransform }.Any(kind => annotations.Schema.GetColumnOrNull(kind) is null))
        {
            return null;
        }
        var (includesReward, gamma, transform) = (false, 0.0, default(ReadOnlyMemory<char>));
        annotations.GetValue(IncludesReward, ref includesReward);
        annotations.GetValue(Gamma, ref gamma);
        annotations.GetValue(RewardTransform, ref transform);
        return new HeadsManifest(includesReward, transform.ToString(), "", gamma);
    }
}
