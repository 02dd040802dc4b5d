#:project ../Dreamer.Inference
#:package Microsoft.ML.OnnxRuntime
#:property PublishAot=false

// One live episode of Catch: a ball falls through a 10x5 grid, and the agent moves the paddle below it.
using Dreamer.Inference;

using var agent = DreamerAgent.Load("onnx/catch");
using var session = agent.CreateSession(new() { Seed = 7 });
var (column, paddle) = (4, 2);
for (var row = 0; row < 10; row++)
{
    var frame = new byte[10 * 5];
    frame[(row * 5) + column] = 255;
    frame[(9 * 5) + paddle] = 255;

    int action = session.Act(frame); // 0 left, 1 stay, 2 right
    Console.WriteLine($"ball ({row}, {column}), paddle {paddle}: {agent.Manifest.Action.Names![action]}, value {session.Value:F2}, surprise {session.Surprise:F2}");
    paddle = Math.Clamp(paddle + action - 1, 0, 4);
}
