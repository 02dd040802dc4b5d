using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Dreamer.AgentService.Tests.Page;

public partial class PageTests
{
    private const string SvgNamespace = "http://www.w3.org/2000/svg";

    internal static readonly string[] Files =
        ["index.html", "style.css", "app.js", "board.js", "breakout.js", "catch.js", "episode.js", "games.js", "plot.js"];

    [Fact]
    public async Task The_page_and_all_it_asks_for_are_served()
    {
        await using var host = await ServiceHost.StartAsync();
        using var page = await host.Http.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("default-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        var asked = new HashSet<string>();
        foreach (var file in Files)
        {
            var text = await host.Http.GetStringAsync(file);
            asked.UnionWith(Reference().Matches(text).Select(match => match.Groups["file"].Value));
        }
        Assert.Equal(Files[1..].Order(StringComparer.Ordinal), asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_of_the_page_comes_from_elsewhere()
    {
        await using var host = await ServiceHost.StartAsync();
        foreach (var file in Files)
        {
            var text = await host.Http.GetStringAsync(file);
            Assert.DoesNotContain("//", Comment().Replace(text, "").Replace(SvgNamespace, "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    // What the page and its scripts name: links, scripts and imports.
    [GeneratedRegex("""(href|src|from)[= ]"(\./)?(?<file>[a-z]+\.(css|js))\b""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Reference();

    [GeneratedRegex("""^\s*//.*$| // .*$""", RegexOptions.Multiline, 10_000)]
    private static partial Regex Comment();
}
