using System.Reflection;
using System.Reflection.Emit;

namespace Dreamer.Cli.Tests.Repository;

/// <summary>The types that a type uses.</summary>
internal static class TypeUses
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>The types in a type's bases, members, attributes and method bodies; generic ones as their definitions.</summary>
    public static IReadOnlySet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        Add(found, [type.BaseType, .. type.GetInterfaces(), .. type.GetFields(All).Select(field => field.FieldType)]);
        Add(found, [.. type.CustomAttributes.Concat(type.GetMembers(All).SelectMany(member => member.CustomAttributes)).SelectMany(Types)]);
        foreach (var method in type.GetMembers(All).OfType<MethodBase>())
        {
            Add(found, [.. Types(method), .. Body(method)]);
        }
        return found;
    }

    private static void Add(HashSet<Type> found, IEnumerable<Type?> types)
    {
        foreach (var type in types.OfType<Type>())
        {
            if (type.HasElementType)
            {
                Add(found, [type.GetElementType()]);
            }
            else if (!type.IsGenericParameter && found.Add(type.IsGenericType ? type.GetGenericTypeDefinition() : type))
            {
                Add(found, type.GenericTypeArguments);
            }
        }
    }

    private static IEnumerable<Type?> Types(CustomAttributeData attribute) =>
        [attribute.AttributeType, .. attribute.ConstructorArguments.Select(argument => argument.Value as Type)];

    private static IEnumerable<Type?> Types(MethodBase method) =>
    [
        method.DeclaringType, (method as MethodInfo)?.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType),
        .. method.IsGenericMethod ? method.GetGenericArguments() : [],
    ];

    private static List<Type?> Body(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return [];
        }
        List<Type?> types = [.. body.LocalVariables.Select(local => local.LocalType), .. body.ExceptionHandlingClauses.Select(Caught)];
        var code = body.GetILAsByteArray()!;
        for (var at = 0; at < code.Length;)
        {
            var operation = Codes[code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at]];
            at += operation.Size;
            if (operation.OperandType is OperandType.InlineType or OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok)
            {
                types.AddRange(Resolve(method, BitConverter.ToInt32(code, at)));
            }
            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
        return types;
    }

    private static Type? Caught(ExceptionHandlingClause clause) => clause.Flags == ExceptionHandlingClauseOptions.Clause ? clause.CatchType : null;

    private static IEnumerable<Type?> Resolve(MethodBase method, int token)
    {
        var member = method.Module.ResolveMember(
            token, method.DeclaringType!.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null);
        return member switch
        {
            Type type => [type],
            FieldInfo field => [field.DeclaringType, field.FieldType],
            MethodBase called => Types(called),
            _ => [],
        };
    }
}
