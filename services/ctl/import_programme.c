/* import programme: a buyer's annual list, CSV or .xlsx, in a few commands of some hundred rows each. */
#include "services/ctl/import_programme.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "common/base/require.h"
#include "common/base/text.h"
#include "common/codec/pb.h"
#include "services/ctl/import.h"
#include "services/ctl/options.h"
#include "services/ctl/programs.h"
#include "services/ctl/terminal.h"

enum { PART_BYTES_MAX = 100 * 1024, PART_ROWS_MAX = 500, MAPPINGS_MAX = 12, YEAR_MAX = 9999, HEADER_MAX = 1000 };

/* One list on its way. */
struct list {
        const char *path;
        const char *directory, *buyer, *name, *territory, *buyer_type, *map;
        uint64_t year, header; /* header: row number, 0 = to be found */
        bool preview;

        struct arena arena;
        struct table table;
        size_t header_at;
        Contracts__ImportProgramme command; /* without its rows */
        struct programme_figures figures;
};

/* ---- the file */

static bool ends_with(const char *text, const char *end)
{
        size_t length = strlen(text), end_length = strlen(end);
        return length >= end_length && strcasecmp(text + length - end_length, end) == 0;
}

static bool read_table(struct list *list, const char *path)
{
        struct err_info info = {0};
        return table_open(path, &list->arena, &list->table, &info) == 0 ||
               complain("%s : %s.", list->path, info.text) == 0;
}

/* The first sheet as CSV, out of a temporary file that has no name any more. */
static bool read_workbook(struct list *list)
{
        /* Days come as a spreadsheet's numbers, which the daemon understands: xlsx2csv takes formats like 0" mois" for
         * dates. */
        const char *const argv[] = {"xlsx2csv", "-d", ",", "--ignore-formats", "date", "time", "--", list->path, NULL};
        char name[] = "/tmp/guichetctl-XXXXXX", opened[32];
        int fd = mkstemp(name);
        if (fd < 0)
                return complain("%s : %s.", name, strerror(errno)) == 0;
        (void)unlink(name);
        (void)snprintf(opened, sizeof(opened), "/proc/self/fd/%d", fd);
        bool done = access(list->path, R_OK) == 0 || complain("%s : %s.", list->path, strerror(errno)) == 0;
        if (done && program_run(argv, fd) != 0)
                done = complain("%s : xlsx2csv ne peut pas lire ce classeur ; vérifiez que le paquet « xlsx2csv » est "
                                "installé, ou enregistrez la liste en CSV.",
                                list->path) == 0;
        done = done && read_table(list, opened);
        (void)close(fd);
        return done;
}

static bool read_list(struct list *list)
{
        bool workbook = ends_with(list->path, ".xlsx") || ends_with(list->path, ".xlsm");
        if (!(workbook ? read_workbook(list) : read_table(list, list->path)))
                return false;
        list->header_at = list->header > 0 ? list->header - 1 : table_header(&list->table);
        if (list->header_at >= list->table.count)
                return complain("%s : %s.", list->path,
                                list->header > 0 ? "la liste n'a pas cette ligne de titres" : "la liste est vide") == 0;
        return true;
}

/* ---- the command */

static bool read_buyer_type(const struct verb *verb, struct list *list)
{
        static const struct {
                const char *word;
                Contracts__BuyerType type;
        } types[] = {
                {"state", CONTRACTS__BUYER_TYPE__BUYER_STATE},
                {"authority", CONTRACTS__BUYER_TYPE__BUYER_OTHER_AUTHORITY},
                {"entity", CONTRACTS__BUYER_TYPE__BUYER_ENTITY},
        };
        if (list->buyer_type == NULL)
                return true;
        for (size_t i = 0; i < ARRAY_SIZE(types); i++)
                if (strcasecmp(types[i].word, list->buyer_type) == 0) {
                        list->command.buyer_type = types[i].type;
                        return true;
                }
        (void)misused(verb, "« --buyer-type %s » : il faut state, authority ou entity.", list->buyer_type);
        return false;
}

/* "title=Intitulé,amount=Montant HT" */
static bool read_map(const struct verb *verb, struct list *list)
{
        char *rest = list->map == NULL ? NULL : arena_text(&list->arena, list->map), *one;
        list->command.mapping = arena_alloc(&list->arena, MAPPINGS_MAX * sizeof(*list->command.mapping));
        while ((one = strsep(&rest, ",")) != NULL) {
                Contracts__ColumnMapping *mapping = pb_new(&contracts__column_mapping__descriptor, &list->arena);
                char *equal = strchr(one, '=');
                if (equal == NULL || list->command.n_mapping == MAPPINGS_MAX) {
                        (void)misused(verb, "« --map %s » : il faut CHAMP=COLONNE, séparés par des virgules.",
                                      list->map);
                        return false;
                }
                *equal = '\0';
                if (!programme_field(one, &mapping->field)) {
                        (void)misused(verb, "« --map %s=… » : ce champ n'existe pas.", one);
                        return false;
                }
                mapping->column = equal + 1;
                list->command.mapping[list->command.n_mapping++] = mapping;
        }
        return true;
}

static char *text_or_empty(struct list *list, const char *text)
{
        return arena_text(&list->arena, text == NULL ? "" : text);
}

static void fill_command(struct list *list)
{
        const struct table_row *header = &list->table.rows[list->header_at];
        list->command.buyer_siret = text_or_empty(list, list->buyer);
        list->command.buyer_name = text_or_empty(list, list->name);
        list->command.territory = text_or_empty(list, list->territory);
        list->command.year = (uint32_t)list->year;
        list->command.header = header->cells;
        list->command.n_header = header->count;
        while (list->command.n_header > 0 && text_is_empty(header->cells[list->command.n_header - 1]))
                list->command.n_header--; /* what a spreadsheet leaves at the right */
}

/* ---- parts of the list */

static size_t bytes_of(const struct table_row *row)
{
        size_t bytes = 16;
        for (size_t i = 0; i < row->count; i++)
                bytes += strlen(row->cells[i]) + 4;
        return bytes;
}

/* The rows from `at` on that one command holds. Where the next part begins. */
static size_t take_part(struct list *list, size_t at)
{
        Contracts__ImportProgramme *command = &list->command;
        size_t bytes = 0;
        command->rows = arena_alloc(&list->arena, PART_ROWS_MAX * sizeof(*command->rows));
        command->n_rows = 0;
        for (; at < list->table.count && command->n_rows < PART_ROWS_MAX; at++) {
                const struct table_row *from = &list->table.rows[at];
                bytes += bytes_of(from);
                if (bytes > PART_BYTES_MAX && command->n_rows > 0)
                        break;
                Contracts__TableRow *row = pb_new(&contracts__table_row__descriptor, &list->arena);
                row->number = from->number;
                row->cells = from->cells;
                row->n_cells = from->count;
                command->rows[command->n_rows++] = row;
        }
        return at;
}

static const Contracts__ImportProgrammeReply *send_part(struct session *session, struct list *list)
{
        if (!list->preview)
                return session_call(session, "contracts.ImportProgramme", &list->command, NULL, &list->arena);
        Contracts__PreviewProgrammeRequest request = CONTRACTS__PREVIEW_PROGRAMME_REQUEST__INIT;
        request.programme = &list->command;
        const Contracts__PreviewProgrammeReply *reply =
                session_call(session, "contracts.PreviewProgramme", &request, NULL, &list->arena);
        if (reply == NULL)
                return NULL;
        progress_end();
        programme_print_lines(reply->lines, reply->n_lines);
        return reply->report;
}

static void add_figures(struct list *list, const Contracts__ImportProgrammeReply *reply)
{
        list->figures.sent += (uint32_t)reply->n_rows;
        list->figures.created += reply->created;
        list->figures.updated += reply->updated;
        list->figures.unchanged += reply->unchanged;
        list->figures.rejected += reply->rejected;
        for (size_t i = 0; i < reply->n_rows; i++)
                list->figures.empty += reply->rows[i]->outcome == CONTRACTS__ROW_OUTCOME__ROW_EMPTY;
}

static bool send_list(struct session *session, struct list *list)
{
        size_t at = list->header_at + 1;
        bool first = true, told = false;
        do {
                size_t next = take_part(list, at);
                progress("%s : %zu lignes sur %zu", list->path, next, list->table.count);
                const Contracts__ImportProgrammeReply *reply = send_part(session, list);
                progress_end();
                if (reply == NULL)
                        return false;
                if (first)
                        programme_print_columns(&list->table, reply);
                if (!told && reply->rejected > 0) {
                        (void)puts("Lignes écartées :");
                        told = true;
                }
                programme_print_rejects(reply);
                add_figures(list, reply);
                first = false;
                at = next;
        } while (at < list->table.count);
        programme_print_figures(&list->figures, list->preview);
        return true;
}

int import_programme(const struct verb *verb, int argc, char **argv)
{
        struct list list = {.directory = "run", .command = CONTRACTS__IMPORT_PROGRAMME__INIT};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &list.directory},
                {.name = "--buyer", .text = &list.buyer},
                {.name = "--year", .number = &list.year, .number_max = YEAR_MAX},
                {.name = "--name", .text = &list.name},
                {.name = "--territory", .text = &list.territory},
                {.name = "--buyer-type", .text = &list.buyer_type},
                {.name = "--map", .text = &list.map},
                {.name = "--header", .number = &list.header, .number_max = HEADER_MAX},
                {.name = "--preview", .flag = &list.preview},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = 1};
        scoped(session_close) struct session session = {0};

        if (options_parse(verb, &options, argc, argv) < 0)
                return CTL_MISUSED;
        list.path = argv[0];
        if (list.buyer == NULL || list.year == 0)
                return misused(verb, "il manque l'acheteur (--buyer SIRET) ou l'année (--year 2027).");
        bool done = read_buyer_type(verb, &list) && read_map(verb, &list);
        if (!done) {
                arena_fini(&list.arena);
                return CTL_MISUSED;
        }
        done = read_list(&list);
        if (done) {
                fill_command(&list);
                done = session_open(list.directory, 0, &session) && send_list(&session, &list);
        }
        arena_fini(&list.arena);
        return done ? CTL_DONE : CTL_FAILED;
}
