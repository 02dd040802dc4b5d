using System.CommandLine;
using System.CommandLine.Parsing;
using Dreamer.Cli.Animation;
using Dreamer.Cli.Reporting;
using Dreamer.Inference.IO;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary>The files beside a report: one row of the per-action picture, and a film of many.</summary>
internal sealed class PictureArguments
{
    private const string PictureExtension = ".png";
    private const int DefaultDelay = 200;

    private readonly Option<string?> _picture = new("--picture") { Description = "A PNG to write as well: the per-action picture of one row." };

    private readonly Option<int> _row = new("--picture-row") { Description = "Which row that is, from 0.", DefaultValueFactory = _ => 0 };

    private readonly Option<string?> _film = new("--film") { Description = "An animated PNG to write as well: the per-action picture, row after row." };

    private readonly Option<string?> _rows = new("--film-rows")
    {
        Description = "Which rows those are, FROM-TO, from 0 and both included; by default the first episode's.",
    };

    private readonly Option<int> _delay = new("--film-delay") { Description = "Milliseconds between the film's rows.", DefaultValueFactory = _ => DefaultDelay };

    internal PictureArguments()
    {
        EndsIn(_picture, PictureExtension);
        EndsIn(_film, AnimatedPng.Extension);
        _rows.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !RowRange.TryParse(text, out _))
            {
                result.AddError($"{_rows.Name} is '{text}'; it must be FROM-TO, 40-99 say, with FROM not beyond TO.");
            }
        });
        _delay.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is < 1 or > AnimatedPng.LongestFrameTime)
            {
                result.AddError($"{_delay.Name} is {result.GetValueOrDefault<int>()}; it must be from 1 to {AnimatedPng.LongestFrameTime} milliseconds.");
            }
        });
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

    /// <summary>Writes what was asked for and says where it is.</summary>
    /// <exception cref="ArgumentException">The rows that were asked for are not there.</exception>
    internal void Write(IAnsiConsole console, ParseResult parsed, IReadOnlyList<PerActionFrame> frames, CancellationToken cancellationToken)
    {
        var (picture, film) = (parsed.GetValue(_picture), parsed.GetValue(_film));
        if (picture is null && film is null)
        {
            return;
        }
        if (frames.Count == 0)
        {
            throw new ArgumentException("There is no per-action picture: it needs discrete actions and an image.", nameof(frames));
        }
        if (!PerActionPicture.HasWords)
        {
            console.WriteLine("This machine has no fonts: the pictures are without words and numbers.");
        }
        if (picture is not null)
        {
            var row = parsed.GetValue(_row);
            if (row < 0 || row >= frames.Count)
            {
                throw new ArgumentException($"There is no row {row}: the rows are 0 to {frames.Count - 1}.", nameof(frames));
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

    private static void EndsIn(Option<string?> option, string extension) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<string?>() is { } file && !file.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
        {
            result.AddError($"{option.Name} is '{file}'; it is written as {extension} and its name must end so.");
        }
    });
}
