using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dreamer.Training.Behavior;

/// <summary>Schedules as JSON: a number if it is constant, else text.</summary>
internal sealed class ScheduleJsonConverter : JsonConverter<Schedule>
{
    public override Schedule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return reader.TokenType switch
            {
                JsonTokenType.Number => Schedule.FromDouble(reader.GetDouble()),
                JsonTokenType.String => Schedule.Parse(reader.GetString()!),
                _ => throw new JsonException($"A schedule must be a number or text, not {reader.TokenType}."),
            };
        }
        catch (FormatException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    public override void Write(Utf8JsonWriter writer, Schedule value, JsonSerializerOptions options)
    {
        if (value.Constant is { } number && double.IsFinite(number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(value.Text);
        }
    }
}
