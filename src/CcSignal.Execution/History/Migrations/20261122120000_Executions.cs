using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CcSignal.Execution.History.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Executions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "command_lines",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_command_lines", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "executions",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    profile = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    cause = table.Column<string>(type: "TEXT", nullable: true),
                    shard = table.Column<int>(type: "INTEGER", nullable: false),
                    node = table.Column<int>(type: "INTEGER", nullable: true),
                    epoch = table.Column<long>(type: "INTEGER", nullable: true),
                    token = table.Column<long>(type: "INTEGER", nullable: true),
                    attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    exclusive_key = table.Column<string>(type: "TEXT", nullable: true),
                    queued_at = table.Column<long>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    process_id = table.Column<int>(type: "INTEGER", nullable: true),
                    process_start = table.Column<long>(type: "INTEGER", nullable: true),
                    boot_id = table.Column<string>(type: "TEXT", nullable: true),
                    fingerprint = table.Column<byte[]>(type: "BLOB", nullable: false),
                    terms = table.Column<string>(type: "TEXT", nullable: true),
                    info = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_executions", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "nodes",
                columns: table => new
                {
                    node = table.Column<int>(type: "INTEGER", nullable: false),
                    epoch = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nodes", x => x.node);
                });

            migrationBuilder.CreateTable(
                name: "queue",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    shard = table.Column<int>(type: "INTEGER", nullable: false),
                    priority = table.Column<int>(type: "INTEGER", nullable: false),
                    exclusive_key = table.Column<string>(type: "TEXT", nullable: true),
                    deadline = table.Column<long>(type: "INTEGER", nullable: true),
                    request = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_queue", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "queue_lengths",
                columns: table => new
                {
                    priority = table.Column<int>(type: "INTEGER", nullable: false),
                    waiting = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_queue_lengths", x => x.priority);
                });

            // By hand: EF has no word for a table that is its own index, and half of this one would be a second copy.
            migrationBuilder.Sql(
                """
                CREATE TABLE tags (
                    name TEXT NOT NULL,
                    value TEXT NOT NULL,
                    number INTEGER NOT NULL,
                    CONSTRAINT PK_tags PRIMARY KEY (name, value, number)
                ) WITHOUT ROWID;
                """);
            migrationBuilder.Sql(
                """
                CREATE TRIGGER queue_lengths_in AFTER INSERT ON queue BEGIN
                    INSERT INTO queue_lengths (priority, waiting) VALUES (NEW.priority, 1) ON CONFLICT (priority) DO UPDATE SET waiting = waiting + 1;
                END;
                CREATE TRIGGER queue_lengths_out AFTER DELETE ON queue BEGIN
                    UPDATE queue_lengths SET waiting = waiting - 1 WHERE priority = OLD.priority;
                END;
                """);

            migrationBuilder.CreateIndex(
                name: "ix_executions_active",
                table: "executions",
                column: "node",
                filter: "state IN ('starting','running','paused')");

            migrationBuilder.CreateIndex(
                name: "ix_executions_active_key",
                table: "executions",
                columns: new[] { "owner", "exclusive_key" },
                filter: "exclusive_key IS NOT NULL AND state IN ('starting','running','paused')");

            migrationBuilder.CreateIndex(
                name: "ix_executions_cause_number",
                table: "executions",
                columns: new[] { "cause", "number" },
                filter: "cause IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_executions_id",
                table: "executions",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_executions_owner_number",
                table: "executions",
                columns: new[] { "owner", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_executions_profile_number",
                table: "executions",
                columns: new[] { "profile", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_executions_state_number",
                table: "executions",
                columns: new[] { "state", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_queue_owner_exclusive_key_number",
                table: "queue",
                columns: new[] { "owner", "exclusive_key", "number" },
                filter: "exclusive_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_queue_priority_number",
                table: "queue",
                columns: new[] { "priority", "number" },
                descending: new[] { true, false });

            migrationBuilder.CreateIndex(
                name: "ix_tags_name_number",
                table: "tags",
                columns: new[] { "name", "number" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "command_lines");

            migrationBuilder.DropTable(
                name: "executions");

            migrationBuilder.DropTable(
                name: "nodes");

            migrationBuilder.DropTable(
                name: "queue");

            migrationBuilder.DropTable(
                name: "queue_lengths");

            migrationBuilder.DropTable(
                name: "tags");
        }
    }
}
