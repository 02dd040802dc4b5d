#:project ../Dreamer.MLNet
#:package Microsoft.ML.OnnxRuntime
#:property PublishAot=false

// From a table of logged steps to scores: one line per step, with the name of the action that was taken and the picture as 50 numbers.
using Dreamer.Inference;
using Dreamer.MLNet;
using Microsoft.ML;
using Microsoft.ML.Data;

using var agent = DreamerAgent.Load("onnx/catch");
var ml = new MLContext(seed: 1);

// 1. Read the table line by line.
IDataView table = ml.Data.LoadFromTextFile(
    "samples/steps.csv",
    [
        new("EpisodeId", DataKind.String, 0), new("Step", DataKind.Int64, 1), new("Taken", DataKind.String, 2), new("Reward", DataKind.Single, 3),
        new("Image", DataKind.Byte, 4, 53),
    ],
    separatorChar: ',', hasHeader: true);

// 2. Add the missing columns: the start of episodes, and the action as a key, whose names are the agent's in any order.
var columns = ml.Transforms.Expression("IsFirst", "step => step == 0L", "Step").Append(ml.Transforms.Conversion.MapValueToKey("Action", "Taken"));

// 3. Run the world model over the rows of each episode. The log holds the action taken at a row, not the one that led to it.
var scoring = ml.Transforms.ScoreEpisodes(agent, new ScoreEpisodesOptions
{
    Observing = new() { SurpriseColumnName = "Surprise", ActionTiming = ActionTiming.TakenHere, Seed = 1 },
});
IDataView scored = columns.Append(scoring).Fit(table).Transform(table);

// 4. Write a file for other tools, and print a summary.
var file = Path.Combine(Path.GetTempPath(), "dreamer-sample-scores.parquet");
ml.Data.SaveAsParquet(scored, file, "EpisodeId", "Step", "PredictedAction", "PredictedReward", "PredictedValue", "Surprise");
var names = ml.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedAction").Fit(scored).Transform(scored);
var same = scored.GetColumn<string>("Taken").Zip(names.GetColumn<string>("Predicted")).Where(pair => pair.First.Length > 0).ToList();
Console.WriteLine($"{file}: {same.Count(pair => pair.First == pair.Second)} of {same.Count} logged actions are the agent's");
