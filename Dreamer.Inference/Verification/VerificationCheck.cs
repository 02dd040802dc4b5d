namespace Dreamer.Inference.Verification;

/// <summary>What the outputs of a graph are compared with.</summary>
public enum VerificationCheck
{
    /// <summary>The values in the folder's <c>test_data</c>, which the exporter recorded.</summary>
    TestData,

    /// <summary>The same episodes, run singly and side by side in a batch over many random steps.</summary>
    RecurrentLoop,

    /// <summary>The graphs of single steps, run one after another, and the lambda-return of their outputs.</summary>
    SingleSteps,
}
