using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AgentService.Problems;
using Microsoft.Net.Http.Headers;

namespace AgentService.Wire;

/// <summary>Reads bodies. How long one may be is the server's to check.</summary>
internal static class Body
{
    public const string Octets = "application/octet-stream";
    public const string Json = "application/json";

    private const int LargestGuess = 64 * 1024;

    /// <summary>The media type of a body, without its parameters.</summary>
    /// <param name="request">The request.</param>
    /// <param name="allowed">The accepted content types.</param>
    /// <exception cref="ProblemException">It is none of them.</exception>
    public static string MediaType(HttpRequest request, params ReadOnlySpan<string> allowed)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            foreach (var name in allowed)
            {
                if (type.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return name;
                }
            }
        }
        throw new ProblemException(
            Problem.UnsupportedContentType, $"The content type is '{request.ContentType}'; {string.Join(" and ", allowed!)} are taken.");
    }

    /// <summary>All bytes of a body.</summary>
    /// <param name="request">The request.</param>
    public static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        // One array of the right size for a step; longer bodies grow as they arrive.
        using var buffer = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, LargestGuess));
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        return buffer.TryGetBuffer(out var bytes) && bytes.Count == bytes.Array!.Length ? bytes.Array : buffer.ToArray();
    }

    /// <summary>A JSON body; the default if it is empty.</summary>
    /// <param name="request">The request.</param>
    /// <param name="type">Its type.</param>
    /// <exception cref="JsonException">It is not JSON, or not of this type.</exception>
    /// <exception cref="ProblemException">It is of another type.</exception>
    public static async Task<T?> ReadJsonAsync<T>(HttpRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        var bytes = await ReadAsync(request);
        if (bytes.Length == 0)
        {
            return null;
        }
        MediaType(request, Json);
        return JsonSerializer.Deserialize(bytes, type);
    }
}
