using System.Text.Json;
using AgentService.Endpoints;
using AgentService.Problems;
using AgentService.Wire;
using Dreamer.Inference;
using Dreamer.Serving;

namespace AgentService.Sockets;

/// <summary>
/// One episode over one WebSocket: an observation a message, binary as bytes or text as JSON, and a text message in answer to each, in order.
/// </summary>
/// <remarks>
/// A session that was started for the WebSocket ends with it; a session named in the address continues. A problem with a message is its
/// answer, and the episode continues as if it had not been sent; otherwise the WebSocket is closed with a code that tells why.
/// </remarks>
internal sealed class EpisodeSocket(IAgentServer agent, SocketServer sockets)
{
    /// <summary>Answers the request that opens the WebSocket.</summary>
    /// <param name="context">The request; its address names a session, or options for a new one.</param>
    public async Task ServeAsync(HttpContext context)
    {
        SocketServer.RequireWebSocket(context);
        var query = context.Request.Query;
        var parts = AnswerPartsText.Parse(query["outputs"]);
        string? named = query["session"];
        // All that can be refused is refused before the handshake, as an ordinary answer.
        if (named is not null)
        {
            await agent.SaveAsync(named, context.RequestAborted);
        }
        var session = named ?? (await Stepping.StartAsync(agent, Options(query), context.RequestAborted)).SessionId;
        try
        {
            await sockets.ServeAsync(context, (message, cancellation) => StepAsync(session, message, parts, cancellation));
        }
        finally
        {
            if (named is null)
            {
                await EndAsync(session);
            }
        }
    }

    private static EpisodeOptions Options(IQueryCollection query)
    {
        var (seed, greedy) = (0ul, true);
        if (query.TryGetValue("seed", out var seedText) && !ulong.TryParse(seedText, out seed))
        {
            throw new ProblemException(Problem.InvalidOptions, $"'seed' is '{seedText}'; it is a number from 0 to {ulong.MaxValue}.");
        }
        if (query.TryGetValue("greedy", out var greedyText) && !bool.TryParse(greedyText, out greedy))
        {
            throw new ProblemException(Problem.InvalidOptions, $"'greedy' is '{greedyText}'; it is true or false.");
        }
        return new EpisodeOptions
        {
            Seed = seed,
            EpisodeId = query["episodeId"],
            ActionSelection = greedy ? ActionSelection.Greedy : ActionSelection.Sampled,
        };
    }

    private async Task<ReadOnlyMemory<byte>> StepAsync(string session, SocketMessage message, AnswerParts parts, CancellationToken cancellation)
    {
        var input = message.IsText ? ObservationReader.OfJson(message.Bytes.Span) : ObservationReader.OfBytes(message.Bytes, agent.Manifest);
        var step = await Stepping.StepAsync(agent, session, input, cancellation);
        return JsonSerializer.SerializeToUtf8Bytes(StepAnswers.Of(step, agent.Manifest.Action, parts), ServiceJson.Wire.StepAnswer);
    }

    private async Task EndAsync(string session)
    {
        try
        {
            await agent.EndAsync(session);
        }
        catch (AgentServingException)
        {
            // It has already ended: it was idle, or another client ended it.
        }
    }
}
