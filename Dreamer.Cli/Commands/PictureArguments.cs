using System.CommandLine;
using System.CommandLine.Parsing;
using Dreamer.Cli.Animation;
using Dreamer.Cli.Reporting;
using Dreamer.Inference.IO;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary>The options for pictures written along with a report: the per-action picture of one row, and a film of many rows.</summary>
internal sealed class PictureArguments
{
    private const string PictureExtension = ".png";
    private const int DefaultDelay = 200;

    private readonly Option<string?> _picture = new("--picture") { Description = "Also write the per-action picture of one row to this .png file." };

    private readonly Option<int> _row = new("--picture-row") { Description = "The row to show, counted from 0.", DefaultValueFactory = _ => 0 };

    private readonly Option<string?> _film = new("--film") { Description = "Also write the per-action picture of many rows to this file, an animated .png." };

    private readonly Option<string?> _rows = new("--film-rows")
    {
        Description = "The rows to show, FROM-TO, counted from 0, both included; by default the first episode.",
    };

    private readonly Option<int> _delay = new("--film-delay") { Description = "Milliseconds per row of the film.", DefaultValueFactory = _ => DefaultDelay };

    internal PictureArguments()
    {
        RequireExtension(_picture, PictureExtension);
        RequireExtension(_film, AnimatedPng.Extension);
        _rows.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !RowRange.TryParse(text, out _))
            {
                result.AddError($"{_rows.Name} is '{text}'; it must be FROM-TO, such as 40-99, with FROM at most TO.");
            }
        });
        AgentArguments.InRange(_delay, AnimatedPng.LongestFrameTime, $"from 1 to {AnimatedPng.LongestFrameTime} milliseconds");
    }

    internal void AddTo(Command command)
    {
        foreach (var option in (Option[])[_picture, _row, _film, _rows, _delay])
        {
            command.Options.Add(option);
        }
        command.Validators.Add(result =>
        {
            if (result.GetValue(_rows) is not null && result.GetValue(_film) is null)
            {
                result.AddError($"{_rows.Name} needs {_film.Name}, the file to write.");
            }
        });
    }

    /// <summary>Writes the requested files and prints their paths.</summary>
    /// <exception cref="ArgumentException">A requested row does not exist.</exception>
    internal void Write(IAnsiConsole console, ParseResult parsed, IReadOnlyList<PerActionFrame> frames, CancellationToken cancellationToken)
    {
        var (picture, film) = (parsed.GetValue(_picture), parsed.GetValue(_film));
        if (picture is null && film is null)
        {
            return;
        }
        if (frames.Count == 0)
        {
            throw new ArgumentException("The per-action picture needs an agent with discrete actions that observes an image.", nameof(frames));
        }
        if (!PerActionPicture.HasFont)
        {
            console.WriteLine("This machine has no fonts: the pictures have no text.");
        }
        if (picture is not null)
        {
            var row = parsed.GetValue(_row);
            if (row < 0 || row >= frames.Count)
            {
                throw new ArgumentException($"{_row.Name} is {row}; allowed: 0 to {frames.Count - 1}.", nameof(frames));
            }
            AtomicFile.WriteAllBytes(picture, PerActionPicture.ToPng(frames[row]));
            console.MarkupLineInterpolated($"picture: {Path.GetFullPath(picture)}");
        }
        if (film is not null)
        {
            RowRange? rows = RowRange.TryParse(parsed.GetValue(_rows), out var range) ? range : null;
            var shown = PerActionFilm.Write(film, frames, rows, TimeSpan.FromMilliseconds(parsed.GetValue(_delay)), cancellationToken);
            console.MarkupLineInterpolated($"film of {shown} rows: {Path.GetFullPath(film)}");
        }
    }

    private static void RequireExtension(Option<string?> option, string extension) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<string?>() is { } file && !file.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
        {
            result.AddError($"{option.Name} is '{file}'; its extension must be {extension}.");
        }
    });
}
