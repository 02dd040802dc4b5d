using Dreamer.Inference;
using Dreamer.Training.Environments;

namespace Dreamer.Training.Exploration;

/// <summary>Noise on the actions that a policy picked (danijar/dreamerv2, other.py, action_noise).</summary>
internal static class ActionNoise
{
    /// <summary>Changes an action in place.</summary>
    /// <param name="space">What can be done.</param>
    /// <param name="amount">
    /// How much: a discrete action is drawn anew, from amount / A + (1 - amount) * one-hot; a continuous one has a normal number added
    /// whose deviation is this part of half its range, and is clipped to its range. 0 changes nothing.
    /// </param>
    /// <param name="action">The action, as the environment takes it.</param>
    /// <param name="noise">The episode's noise.</param>
    /// <param name="row">The row's number in the episode.</param>
    public static void Apply(ActionSpace space, double amount, Span<float> action, EpisodeNoise noise, long row)
    {
        if (amount == 0)
        {
            return;
        }
        if (space.IsDiscrete)
        {
            // With probability amount any action, each as likely: the mixture above.
            Span<float> uniform = stackalloc float[2];
            noise.Fill(uniform, row, NoiseStream.Exploration);
            if (uniform[0] < amount)
            {
                action.Clear();
                action[(int)(uniform[1] * space.Size)] = 1;
            }
            return;
        }
        var uniforms = new float[2 * space.Size];
        noise.Fill(uniforms, row, NoiseStream.Exploration);
        for (var i = 0; i < space.Size; i++)
        {
            // Box and Muller: a normal number of two uniform ones.
            var normal = Math.Sqrt(-2 * Math.Log(uniforms[2 * i])) * Math.Cos(2 * Math.PI * uniforms[2 * i + 1]);
            var deviation = amount * (space.High[i] - space.Low[i]) / 2;
            action[i] = Math.Clamp((float)(action[i] + deviation * normal), space.Low[i], space.High[i]);
        }
    }
}
