namespace CcSignal.Load.Subjects;

/// <summary>ssh as people use it for many commands: one shared connection (ControlMaster), a client process for each command. Owns its private sshd.</summary>
internal sealed class SharedSsh : IServedSubject
{
    private readonly SshPrograms _programs;
    private readonly SshServer _server;
    private readonly RawPipe _pipe = new();

    private SharedSsh(SshPrograms programs, SshServer server) => (_programs, _server) = (programs, server);

    public string Name => "ssh";

    public int MostHeld => 60;

    public static async Task<SharedSsh> StartAsync(SshPrograms programs, CancellationToken cancellationToken) =>
        new(programs, await SshServer.StartAsync(programs, cancellationToken));

    public Task PrepareAsync(IReadOnlyList<string> command, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<Reading> ReadAsync(IReadOnlyList<string> command, CancellationToken cancellationToken, Action<ReadOnlyMemory<byte>>? seen = null) =>
        _pipe.ReadAsync(_server.Over(command, "-n"), cancellationToken, seen);

    public async Task<IServing> ServeAsync(int executions, CancellationToken cancellationToken) => await SshServer.StartAsync(_programs, cancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
