using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Dreamer.AgentService.Tests;

/// <summary>Requests as these tests make them.</summary>
internal static class HttpExtensions
{
    /// <summary>Begins a session.</summary>
    /// <returns>Its id.</returns>
    internal static async Task<string> BeginAsync(this HttpClient http, object? options = null)
    {
        using var response = await http.PostAsJsonAsync("v1/sessions", options ?? new { });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var id = (await response.JsonAsync()).GetProperty("id").GetString()!;
        Assert.Equal($"/v1/sessions/{id}", response.Headers.Location!.OriginalString);
        return id;
    }

    /// <summary>Sends bytes.</summary>
    internal static Task<HttpResponseMessage> SendBytesAsync(this HttpClient http, string path, byte[] body, string? type = "application/octet-stream")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return http.PostAsync(path, content);
    }

    /// <summary>Takes a step.</summary>
    /// <returns>The answer, which is none of a problem.</returns>
    internal static async Task<JsonElement> StepAsync(this HttpClient http, string session, byte[] observation, string query = "")
    {
        using var response = await http.SendBytesAsync($"v1/sessions/{session}/step{query}", observation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.JsonAsync();
    }

    internal static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>Checks that an answer is a problem.</summary>
    internal static async Task AssertProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string name)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonSerializer.Deserialize<JsonElement>(text).AssertProblem(status, name);
    }

    /// <summary>Checks that JSON is a problem.</summary>
    internal static void AssertProblem(this JsonElement problem, HttpStatusCode status, string name)
    {
        Assert.Equal($"urn:dreamer:problem:{name}", problem.GetProperty("type").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }
}
