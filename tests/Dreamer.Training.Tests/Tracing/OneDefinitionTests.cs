using System.Reflection;
using System.Reflection.Emit;
using Dreamer.Training.Export.Quantization;
using Dreamer.Training.Networks;
using Dreamer.Training.Tracing;
using Dreamer.Training.Tracing.Protobuf;
using Xunit;

namespace Dreamer.Training.Tests.Tracing;

/// <summary>A network has one definition: nothing but the operations of <see cref="Traced"/> can put a node into a graph.</summary>
public sealed class OneDefinitionTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <remarks>But for int8 weights, which rewrite the dense layers of a traced graph by a formula that its tests hold it to, to the last bit.</remarks>
    [Fact]
    public void Only_the_tracer_makes_nodes() => Assert.Equal(
        [typeof(Int8Graph), typeof(Tracer)],
        CallersOf(typeof(NodeProto).GetConstructors()).Where(t => t.Namespace != typeof(NodeProto).Namespace).OrderBy(t => t.Name, StringComparer.Ordinal));

    [Fact]
    public void Only_the_operations_record_with_the_tracer() =>
        Assert.Equal([typeof(Traced)], CallersOf(typeof(Tracer).GetMethods(Declared).Where(m => m.Name == nameof(Tracer.Record))).Except([typeof(Tracer)]));

    /// <summary>The types of the library whose code calls one of some methods.</summary>
    private static Type[] CallersOf(IEnumerable<MethodBase> methods)
    {
        var tokens = methods.Select(m => m.MetadataToken).ToHashSet();
        return [.. typeof(Network).Assembly.GetTypes().Where(type => MethodsOf(type).Any(m => Calls(m, tokens))).Select(Outermost).Distinct()];
    }

    private static IEnumerable<MethodBase> MethodsOf(Type type) => [.. type.GetMethods(Declared), .. type.GetConstructors(Declared)];

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static bool Calls(MethodBase method, HashSet<int> tokens)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var i = 0; i + 4 < code.Length; i++)
        {
            // A token is looked for at every place where a call could stand: one too many would fail the test, none is missed.
            if ((code[i] == OpCodes.Newobj.Value || code[i] == OpCodes.Call.Value || code[i] == OpCodes.Callvirt.Value)
                && tokens.Contains(BitConverter.ToInt32(code, i + 1)))
            {
                return true;
            }
        }
        return false;
    }
}
