using System.Net;
using System.Text;
using Xunit;

namespace Dreamer.AgentService.Tests.Endpoints;

/// <summary>Bodies and messages that were good once and then damaged at random: refused as the client's fault, or taken.</summary>
public class MutatedRequestTests(SharedService shared) : IClassFixture<SharedService>
{
    private const int Tries = 300;

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/octet-stream")]
    public async Task A_damaged_body_is_never_a_fault_of_the_service(string type)
    {
        var http = shared.Host.Http;
        var id = await http.BeginAsync();
        var random = new Random(5);
        var taken = 0;
        for (var i = 0; i < Tries; i++)
        {
            using var response = await http.SendBytesAsync($"v1/sessions/{id}/step", Mutate(Good(type), random), type);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                taken++;
                Assert.Equal(taken, (await response.JsonAsync()).GetProperty("step").GetInt32());
            }
            else
            {
                Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
                Assert.StartsWith("urn:dreamer:problem:", (await response.JsonAsync()).GetProperty("type").GetString(), StringComparison.Ordinal);
            }
        }
        Assert.InRange(taken, 1, Tries - 1);
        Assert.Equal(taken + 1, (await http.StepAsync(id, new byte[50])).GetProperty("step").GetInt32());
    }

    [Fact]
    public async Task A_damaged_message_is_never_a_fault_of_the_service()
    {
        var id = await shared.Host.Http.BeginAsync();
        var random = new Random(6);
        var (taken, closed) = (0, 0);
        var socket = await shared.Host.ConnectAsync($"v1/episode?session={id}");
        for (var i = 0; i < Tries; i++)
        {
            // What is no longer UTF-8 is for the WebSocket to refuse, not for the service.
            await socket.SendAsync(Encoding.Latin1.GetString(Mutate(Good("application/json"), random)));
            var answer = Assert.NotNull(await socket.ReceiveAsync());
            if (!answer.TryGetProperty("type", out var problem))
            {
                Assert.Equal(++taken, answer.GetProperty("step").GetInt32());
            }
            else if (problem.GetString() == "urn:dreamer:problem:malformed-request")
            {
                closed++;
                Assert.Null(await socket.ReceiveAsync());
                socket.Dispose();
                socket = await shared.Host.ConnectAsync($"v1/episode?session={id}");
            }
            else
            {
                Assert.Equal(400, answer.GetProperty("status").GetInt32());
            }
        }
        socket.Dispose();
        Assert.True(taken > 0 && closed > 0);
        Assert.Equal(taken + 1, (await shared.Host.Http.StepAsync(id, new byte[50])).GetProperty("step").GetInt32());
    }

    private static byte[] Good(string type) => type == "application/json"
        ? Encoding.UTF8.GetBytes($$"""{"image":"{{Convert.ToBase64String(new byte[50])}}","executedAction":1,"vector":null}""")
        : new byte[50];

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        switch (random.Next(4))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 1:
                return bytes[..at];
            case 2:
                return [.. bytes[..at], (byte)random.Next(32, 127), .. bytes[at..]];
            default:
                return [.. bytes[..at], .. bytes[random.Next(at, bytes.Length)..]];
        }
    }
}
