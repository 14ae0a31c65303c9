using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CcSignal.Execution.History.Model;

/// <summary>For <c>dotnet ef migrations add</c>, which needs a model and no database.</summary>
internal sealed class HistoryContextFactory : IDesignTimeDbContextFactory<HistoryContext>
{
    public HistoryContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<HistoryContext>().UseSqlite("Data Source=:memory:").Options);
}
