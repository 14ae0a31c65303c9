namespace CcSignal.Server.Hosting;

/// <summary>
/// Stands in for the framework's console lifetime, which closes all connections the moment Ctrl+C is pressed. Here commands are stopped
/// first, while their followers are still there to hear how they ended (see <see cref="ServerProcess"/>).
/// </summary>
internal sealed class NoSignals : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
