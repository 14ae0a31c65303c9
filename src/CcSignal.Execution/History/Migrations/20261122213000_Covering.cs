using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CcSignal.Execution.History.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Covering : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_executions_cause_number",
                table: "executions");

            migrationBuilder.DropIndex(
                name: "ix_executions_owner_number",
                table: "executions");

            migrationBuilder.DropIndex(
                name: "ix_executions_profile_number",
                table: "executions");

            migrationBuilder.CreateIndex(
                name: "ix_executions_cause_number",
                table: "executions",
                columns: new[] { "cause", "number", "owner", "profile" },
                filter: "cause IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_executions_owner_number",
                table: "executions",
                columns: new[] { "owner", "number", "profile", "cause" });

            migrationBuilder.CreateIndex(
                name: "ix_executions_profile_number",
                table: "executions",
                columns: new[] { "profile", "number", "owner", "cause" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_executions_cause_number",
                table: "executions");

            migrationBuilder.DropIndex(
                name: "ix_executions_owner_number",
                table: "executions");

            migrationBuilder.DropIndex(
                name: "ix_executions_profile_number",
                table: "executions");

            migrationBuilder.CreateIndex(
                name: "ix_executions_cause_number",
                table: "executions",
                columns: new[] { "cause", "number" },
                filter: "cause IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_executions_owner_number",
                table: "executions",
                columns: new[] { "owner", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_executions_profile_number",
                table: "executions",
                columns: new[] { "profile", "number" });
        }
    }
}
