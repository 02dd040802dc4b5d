using System.Text.Json.Serialization;

namespace Dreamer.MLNet;

/// <summary>What a step does with numbers of its input that are not finite: NaN, which ML.NET uses for missing values, and infinities.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NonFiniteInput>))]
public enum NonFiniteInput
{
    /// <summary>The row is refused with an <see cref="InvalidDataException"/> that names row, column and episode.</summary>
    Refuse,

    /// <summary>They are replaced by 0.</summary>
    Zero,
}
