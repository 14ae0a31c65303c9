namespace CcSignal.Load.Faults;

/// <summary>Cuts connection after connection at a random byte, each time the same for the same seed.</summary>
/// <param name="seed">Of the randomness.</param>
/// <param name="times">So many connections are cut; those after them are not.</param>
/// <param name="maxBytes">Of what comes from the server, at most so many bytes pass before a cut. The first ones are the handshake's.</param>
/// <param name="kinds">Of which kind; none given: <see cref="CutKind.Reset"/> and <see cref="CutKind.Close"/>.</param>
public sealed class RandomCuts(int seed, int times, long maxBytes, params CutKind[] kinds)
{
    private static readonly CutKind[] Loud = [CutKind.Reset, CutKind.Close];

    // A client says little: a few acknowledgements. One cut in so many counts its bytes.
    private const int ToServerOneIn = 8;
    private const int ToServerMaxBytes = 1500;

    private readonly Random _random = new(seed);
    private readonly CutKind[] _kinds = kinds is [] ? Loud : kinds;

    /// <summary>The plan of the connection with this number, from 0. To be asked once for each, in order.</summary>
    public FaultPlan Plan(int connection)
    {
        if (connection >= times)
        {
            return FaultPlan.None;
        }

        var kind = _kinds[_random.Next(_kinds.Length)];
        return new FaultPlan
        {
            Cut = _random.Next(ToServerOneIn) == 0
                ? new Cut(Direction.ToServer, _random.NextInt64(ToServerMaxBytes), kind)
                : new Cut(Direction.ToClient, _random.NextInt64(maxBytes), kind),
        };
    }
}
