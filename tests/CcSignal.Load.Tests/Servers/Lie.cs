namespace CcSignal.Load.Tests.Servers;

/// <summary>What a false server does wrong.</summary>
public enum Lie
{
    /// <summary>Nothing: it only passes on.</summary>
    None,

    /// <summary>It leaves a byte out, and counts as if it had never been.</summary>
    DropsAByte,

    /// <summary>It sends two pieces of output in each other's place.</summary>
    Reorders,

    /// <summary>It says that every command ended with 0.</summary>
    LiesAboutTheExitCode,

    /// <summary>It says that what is cancelled has ended, and lets it run.</summary>
    LeaksAProcess,

    /// <summary>It answers three seconds late.</summary>
    AnswersLate,
}
