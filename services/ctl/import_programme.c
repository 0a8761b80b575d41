/* import programme: a buyer's annual list, CSV or .xlsx, in a few commands of some hundred rows each. */
#include "services/ctl/import_programme.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/import.h"
#include "services/ctl/list_file.h"
#include "services/ctl/options.h"
#include "services/ctl/terminal.h"

enum { MAPPINGS_MAX = 12, YEAR_MAX = 9999, HEADER_MAX = 1000 };

/* One list on its way. */
struct list {
        const char *path;
        const char *directory, *buyer, *name, *territory, *buyer_type, *map;
        uint64_t year, header; /* header: row number, 0 = to be found */
        bool preview;

        struct arena arena;
        struct list_file file;
        const char *rejects_path;
        bool go_on;
        Contracts__ImportProgramme command;
        Types__SentList sent; /* its list, part by part */
        struct programme_figures figures;
};

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
        list->sent.mapping = arena_alloc(&list->arena, MAPPINGS_MAX * sizeof(*list->sent.mapping));
        while ((one = strsep(&rest, ",")) != NULL) {
                Types__ListColumn *mapping = pb_new(&types__list_column__descriptor, &list->arena);
                char *equal = strchr(one, '=');
                if (equal == NULL || list->sent.n_mapping == MAPPINGS_MAX) {
                        (void)misused(verb, "« --map %s » : il faut CHAMP=COLONNE, séparés par des virgules.",
                                      list->map);
                        return false;
                }
                *equal = '\0';
                mapping->field = one;
                mapping->column = equal + 1;
                list->sent.mapping[list->sent.n_mapping++] = mapping;
        }
        return true;
}

static char *text_or_empty(struct list *list, const char *text)
{
        return arena_text(&list->arena, text == NULL ? "" : text);
}

static void fill_command(struct list *list)
{
        const char *slash = strrchr(list->path, '/');
        list->command.buyer_siret = text_or_empty(list, list->buyer);
        list->command.buyer_name = text_or_empty(list, list->name);
        list->command.territory = text_or_empty(list, list->territory);
        list->command.year = (uint32_t)list->year;
        list->command.list = &list->sent;
        list->sent.header = list_file_header(&list->file)->cells;
        list->sent.n_header = list_file_columns(&list->file);
        list->sent.file_name = arena_text(&list->arena, slash == NULL ? list->path : slash + 1);
        list->sent.file_hash = pb_bytes(slice_of(list->file.table.hash, sizeof(list->file.table.hash)));
        list->sent.go_on = list->go_on;
}

/* ---- parts of the list */

static const Types__ListReport *send_part(struct session *session, struct list *list)
{
        if (!list->preview) {
                const Contracts__ImportProgrammeReply *told =
                        session_call(session, "contracts.ImportProgramme", &list->command, NULL, &list->arena);
                return told == NULL ? NULL : told->report;
        }
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

static void add_figures(struct list *list, const Types__ListReport *reply)
{
        list->figures.sent += (uint32_t)reply->n_rows;
        list->figures.created += reply->created;
        list->figures.updated += reply->updated;
        list->figures.unchanged += reply->unchanged;
        list->figures.rejected += reply->rejected;
        list->figures.empty += reply->empty;
}

/* The next part, from *at on. False where it was refused. */
static bool import_part(struct session *session, struct list *list, size_t *at, bool *told)
{
        bool first = *at == list->file.header_at + 1;
        size_t next = list_file_part(&list->file, *at, &list->arena, &list->sent.rows, &list->sent.n_rows);
        list->sent.is_last = next == list->file.table.count;
        progress("%s : %zu lignes sur %zu", list->path, next, list->file.table.count);
        const Types__ListReport *reply = send_part(session, list);
        progress_end();
        if (reply == NULL)
                return false;
        if (first)
                programme_print_columns(&list->file.table, reply);
        if (first && reply->mostly_known[0] != '\0')
                (void)printf("Attention : %s (--go-on)\n", reply->mostly_known);
        if (!*told && reply->rejected > 0) {
                (void)puts("Lignes écartées :");
                *told = true;
        }
        verdicts_print(reply->rows, reply->n_rows);
        add_figures(list, reply);
        if (reply->batch_id != NULL)
                list->sent.batch_id = reply->batch_id;
        *at = next;
        return list_rejects_write(&list->file, reply->rows, reply->n_rows);
}

static bool send_list(struct session *session, struct list *list)
{
        size_t at = list->file.header_at + 1;
        bool told = false;
        if (!list_rejects_open(&list->file, list->rejects_path))
                return false;
        bool done = true;
        do
                done = import_part(session, list, &at, &told);
        while (done && at < list->file.table.count);
        done = list_rejects_close(&list->file) && done;
        if (done)
                programme_print_figures(&list->figures, list->preview);
        if (done && list->sent.batch_id != NULL) {
                char batch[ID_TEXT_SIZE];
                id_format(id_of(list->sent.batch_id), batch);
                (void)printf("Import %s\n", batch);
        }
        return done;
}

int import_programme(const struct verb *verb, int argc, char **argv)
{
        struct list list = {
                .directory = "run", .command = CONTRACTS__IMPORT_PROGRAMME__INIT, .sent = TYPES__SENT_LIST__INIT};
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
                {.name = "--go-on", .flag = &list.go_on},
                {.name = "--rejects", .text = &list.rejects_path},
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
        done = list_file_read(list.path, list.header, &list.arena, &list.file);
        if (done) {
                fill_command(&list);
                done = session_open(list.directory, 0, &session) && send_list(&session, &list);
        }
        arena_fini(&list.arena);
        return done ? CTL_DONE : CTL_FAILED;
}
