using Dreamer.Inference;
using Dreamer.Training.Environments;

namespace Dreamer.Training.Exploration;

/// <summary>Noise on the actions that a policy picked; the default is none.</summary>
/// <param name="Amount">
/// With this probability a discrete action is replaced by a uniform one (amount / A + (1 - amount) * one-hot); a continuous one has
/// a normal number added whose deviation is this share of half its range, and is clipped to its range. 0 changes nothing.
/// </param>
/// <param name="Steps">
/// The most rows that one draw lasts: a replaced discrete action repeats for 1 to this many rows, uniformly; the number added
/// to a continuous one stays for this many. 1 is the noise of danijar/dreamerv2, other.py, action_noise; longer draws
/// reach places that single steps never reach (Dabney et al., "Temporally-Extended epsilon-Greedy Exploration", 2020).
/// </param>
internal readonly record struct ActionNoise(double Amount, int Steps = 1)
{
    /// <summary>Changes an action in place.</summary>
    /// <param name="space">What can be done.</param>
    /// <param name="action">The action, as the environment takes it.</param>
    /// <param name="noise">The episode's noise.</param>
    /// <param name="row">The row's number in the episode.</param>
    public void Apply(ActionSpace space, Span<float> action, EpisodeNoise noise, long row)
    {
        if (Amount == 0)
        {
            return;
        }
        if (space.IsDiscrete)
        {
            Repeat(space.Size, action, noise, row);
        }
        else
        {
            Add(space, action, noise, row);
        }
    }

    // A row's draw is a function of its number: looking back at draws that may still last needs no memory, and a resumed
    // run continues within one.
    private void Repeat(int count, Span<float> action, EpisodeNoise noise, long row)
    {
        Span<float> uniform = stackalloc float[3];
        for (var back = 0; back < Steps && back <= row; back++)
        {
            noise.Fill(uniform, row - back, NoiseStream.Exploration);
            if (uniform[0] < Amount && back <= (int)(uniform[2] * Steps))
            {
                action.Clear();
                action[(int)(uniform[1] * count)] = 1;
                return;
            }
        }
    }

    private void Add(ActionSpace space, Span<float> action, EpisodeNoise noise, long row)
    {
        var uniforms = new float[2 * space.Size];
        noise.Fill(uniforms, row - (row % Steps), NoiseStream.Exploration);
        for (var i = 0; i < space.Size; i++)
        {
            // Box-Muller: a normal number from two uniform ones.
            var normal = Math.Sqrt(-2 * Math.Log(uniforms[2 * i])) * Math.Cos(2 * Math.PI * uniforms[2 * i + 1]);
            var deviation = Amount * (space.High[i] - space.Low[i]) / 2;
            action[i] = Math.Clamp((float)(action[i] + deviation * normal), space.Low[i], space.High[i]);
        }
    }
}
