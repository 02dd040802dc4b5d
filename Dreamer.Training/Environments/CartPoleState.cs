namespace Dreamer.Training.Environments;

/// <summary>The state and the physics of <see cref="CartPole"/>.</summary>
/// <param name="Position">Of the cart, in metres from the middle of the track.</param>
/// <param name="Velocity">Of the cart, in metres a second.</param>
/// <param name="Angle">Of the pole, in radians from upright, to the right.</param>
/// <param name="AngularVelocity">Of the pole, in radians a second.</param>
/// <remarks>
/// Equations of motion without friction after Florian, "Correct equations for the dynamics of the cart-pole system" (2007), constants of
/// Barto, Sutton and Anderson, "Neuronlike adaptive elements that can solve difficult learning control problems" (1983), integrated as
/// Gym's CartPole-v1 does: explicit Euler, positions first.
/// </remarks>
internal readonly record struct CartPoleState(double Position, double Velocity, double Angle, double AngularVelocity)
{
    /// <summary>The cart's distance from the middle, in metres, at which the episode terminates.</summary>
    public const double PositionLimit = 2.4;

    /// <summary>The pole's angle, in radians, at which the episode terminates: 12 degrees.</summary>
    public const double AngleLimit = 12 * 2 * Math.PI / 360;

    private const double Gravity = 9.8;
    private const double PoleMass = 0.1;
    private const double TotalMass = 1 + PoleMass;
    private const double HalfLength = 0.5;
    private const double PoleMoment = PoleMass * HalfLength;
    private const double Force = 10;
    private const double Seconds = 0.02;

    /// <summary>Whether the cart left the track or the pole fell.</summary>
    public bool IsLost => Math.Abs(Position) > PositionLimit || Math.Abs(Angle) > AngleLimit;

    /// <summary>The state a step later.</summary>
    /// <param name="toTheRight">Whether the cart is pushed to the right.</param>
    public CartPoleState Pushed(bool toTheRight)
    {
        var force = toTheRight ? Force : -Force;
        var (sine, cosine) = (Math.Sin(Angle), Math.Cos(Angle));
        var pull = (force + (PoleMoment * AngularVelocity * AngularVelocity * sine)) / TotalMass;
        var angularAcceleration = ((Gravity * sine) - (cosine * pull))
            / (HalfLength * ((4.0 / 3) - (PoleMass * cosine * cosine / TotalMass)));
        var acceleration = pull - (PoleMoment * angularAcceleration * cosine / TotalMass);
        return new CartPoleState(
            Position + (Seconds * Velocity),
            Velocity + (Seconds * acceleration),
            Angle + (Seconds * AngularVelocity),
            AngularVelocity + (Seconds * angularAcceleration));
    }
}
