using System.Reflection;
using System.Reflection.Emit;
using Dreamer.Training.Tracing;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Tracing;

/// <summary>
/// TorchSharp does not hold on to a number that it passes to native code: one that only the call knows of can be collected during
/// the call. This project passes numbers that are kept.
/// </summary>
public sealed class ScalarLifetimeTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void Nothing_passes_a_number_that_only_the_call_knows_of()
    {
        var calls =
            from type in typeof(Traced).Assembly.GetTypes()
            from method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared))
            from called in CallsOf(method)
            where PassesAFreshNumber(called)
            select $"{type.Name}.{method.Name} calls {called}";
        Assert.Empty(calls);
    }

    [Fact]
    public void A_fresh_number_would_be_found()
    {
        Assert.Contains(CallsOf(((Func<torch.Tensor, torch.Tensor>)(x => x + x)).Method), PassesAFreshNumber);
        Assert.Contains(CallsOf(((Func<torch.Tensor, torch.Tensor>)(x => x.mul(2f))).Method), PassesAFreshNumber);
    }

    /// <summary>The implicit conversions, and those of TorchSharp's methods that use them inside.</summary>
    private static bool PassesAFreshNumber(MethodBase method) =>
        method.DeclaringType == typeof(Scalar)
        || (method.DeclaringType == typeof(torch.Tensor) && method.Name is "op_Addition" or "op_Division" or "op_Multiply" or "op_Subtraction"
            && (method.Name == "op_Addition" || method.GetParameters().Any(p => p.ParameterType != typeof(torch.Tensor))))
        || (method.DeclaringType == typeof(torch.Tensor) && method.Name is "add" or "add_" or "elu" && method.GetParameters().Length == 1)
        || (method.DeclaringType == typeof(torch.nn.functional) && method.Name == "elu");

    private static IEnumerable<MethodBase> CallsOf(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var i = 0; i + 4 < code.Length; i++)
        {
            if ((code[i] == OpCodes.Call.Value || code[i] == OpCodes.Callvirt.Value) && Resolve(method, BitConverter.ToInt32(code, i + 1)) is { } called)
            {
                yield return called;
            }
        }
    }

    private static MethodBase? Resolve(MethodBase method, int token)
    {
        try
        {
            var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
            return method.Module.ResolveMethod(token, method.DeclaringType?.GetGenericArguments(), methodArguments);
        }
        catch (Exception e) when (e is ArgumentException or BadImageFormatException)
        {
            // The bytes were no call but part of something else.
            return null;
        }
    }
}
