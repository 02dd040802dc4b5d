#:project ../Dreamer.MLNet
#:package Microsoft.ML.OnnxRuntime
#:property PublishAot=false

// Recorded episodes in, columns out; then the same pipeline from its saved form.
using Dreamer.Inference;
using Microsoft.ML;

using var agent = DreamerAgent.Load("onnx/catch");
var ml = new MLContext(seed: 1);
#region pipeline
IDataView episodes = ml.Data.LoadFromEpisodes("samples/recordings/*.npz");
var pipeline = ml.Transforms.EncodeObservation("Embedding", "Image", agent)
    .Append(ml.Transforms.ObserveLatentState("Latent", "Embedding", agent)) // recurrent over the rows of an episode
    .Append(ml.Transforms.SelectAction("PredictedAction", "Latent", agent))
    .Append(ml.Transforms.PredictOutcome("Latent", agent));
ITransformer model = pipeline.Fit(episodes);
#endregion

var zip = Path.Combine(Path.GetTempPath(), "dreamer-sample.zip");
ml.Model.Save(model, episodes.Schema, zip);
IDataView scored = ml.Model.Load(zip, out _).Transform(episodes);
foreach (var row in ml.Data.CreateEnumerable<Row>(scored, reuseRowObject: true).Take(10))
{
    Console.WriteLine($"{row.EpisodeId} {row.Step}: reward {row.Reward,5:F2}, predicted {row.PredictedReward,5:F2}, value {row.PredictedValue,5:F2}");
}

internal sealed class Row
{
    public string EpisodeId { get; set; } = "";
    public long Step { get; set; }
    public float Reward { get; set; }
    public float PredictedReward { get; set; }
    public float PredictedValue { get; set; }
}
