using Microsoft.Extensions.FileProviders;

namespace AgentService;

/// <summary>The page that plays against the service: a few files of its own, and nothing from elsewhere.</summary>
internal static class Page
{
    private const string Policy = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static void UsePage(this IApplicationBuilder app) => app.UseFileServer(new FileServerOptions
    {
        FileProvider = new EmbeddedFileProvider(typeof(Page).Assembly, "AgentService.wwwroot"),
        StaticFileOptions =
        {
            OnPrepareResponse = file =>
            {
                file.Context.Response.Headers.ContentSecurityPolicy = Policy;
                file.Context.Response.Headers.XContentTypeOptions = "nosniff";
                file.Context.Response.Headers.CacheControl = "no-cache";
            },
        },
    });
}
