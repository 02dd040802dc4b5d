#:project ../Dreamer.MLNet
#:package Microsoft.ML.OnnxRuntime
#:property PublishAot=false

// The world model's columns with ML.NET's own trainers: a regression from the latent state to the steps left, and an alarm on surprise.
using Dreamer.Inference;
using Microsoft.ML;
using Microsoft.ML.Data;

using var agent = DreamerAgent.Load("onnx/catch");
var ml = new MLContext(seed: 1);
IDataView episodes = ml.Data.LoadFromEpisodes("samples/recordings/*.npz");
var left = ml.Transforms.Expression("StepsLeft", "step => 9f - single(step)", "Step");

// 1. Split by whole episodes: the state is carried through an episode, and its rows resemble each other.
var parts = ml.Data.TrainTestSplit(left.Fit(episodes).Transform(episodes), testFraction: 0.3, samplingKeyColumnName: "EpisodeId");

// 2. One pipeline: Fit trains the regression on the world model's columns.
var pipeline = ml.Transforms.ScoreEpisodes(agent, seed: 1)
    .Append(ml.Transforms.Concatenate("Features", "Latent", "PredictedValue"))
    .Append(ml.Regression.Trainers.Sdca("StepsLeft", "Features"));
var model = pipeline.Fit(parts.TrainSet);
var metrics = ml.Regression.Evaluate(model.Transform(parts.TestSet), "StepsLeft");
Console.WriteLine($"steps left, on episodes never seen: within {metrics.MeanAbsoluteError:F2} steps, R2 {metrics.RSquared:F2}");

// 3. The rows that the world model did not expect.
IDataView scored = model.Transform(left.Fit(episodes).Transform(episodes));
IDataView surprising = ml.Data.FilterRowsByColumn(scored, "Surprise", lowerBound: 1);
Console.WriteLine($"{surprising.GetColumn<float>("Surprise").Count()} of {scored.GetColumn<float>("Surprise").Count()} rows surprise by 1 nat or more");
