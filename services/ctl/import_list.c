/* import of a list, CSV or .xlsx, in commands of some hundred rows that are one batch, several of them in flight;
 * import undo takes a batch back. What a kind of list is asked with stands in its messages: an option says a field of
 * them, by its name. */
#include "services/ctl/import_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "common/codec/catalogue.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/import_programme.h"
#include "services/ctl/list_file.h"
#include "services/ctl/options.h"
#include "services/ctl/pipeline.h"
#include "services/ctl/session.h"
#include "services/ctl/terminal.h"

enum { MAPPINGS_MAX = 32, ONLY_MAX = 1000, HEADER_MAX = 1000, LABEL_WIDTH = 30, NUMBER_WIDTH = 8, COLUMN_WIDTH = 34 };
enum { PARTS_IN_FLIGHT = 32, PARTS_AHEAD = 2 * PARTS_IN_FLIGHT, FILES_MAX = 64 };

/* A kind of list: its methods, and what becomes of its rows. */
struct list_kind {
        const char *word, *title;
        const char *import, *preview, *undo;
        const char *created, *updated, *unchanged;
        const char *inside; /* where the preview holds the command; NULL: it has the same fields */
        void (*print_preview)(const void *reply);
        /* Of the whole network: who runs it gives them too, and the department is the list's, where it says none. */
        bool is_of_all;
};
static const struct list_kind kinds[] = {
        {"hours", "Heures", "tracking.ImportHours", "tracking.PreviewHours", "tracking.UndoHoursImport", "déclarées",
         "corrigées", "inchangées"},
        {"partners", "Organisations", "directory.ImportOrganisations", "directory.PreviewOrganisations",
         "directory.UndoOrganisationsImport", "ajoutées", "corrigées", "inchangées"},
        {"programme", "Lignes du programme", "contracts.ImportProgramme", "contracts.PreviewProgramme",
         "contracts.UndoProgrammeImport", "nouvelles", "mises à jour", "inchangées", "programme", programme_print_lines,
         true},
        {"persons", "Personnes", "tracking.ImportBeneficiaries", "tracking.PreviewBeneficiaries",
         "tracking.UndoBeneficiariesImport", "orientées", "corrigées", "déjà connues"},
        {"running", "Lignes de contrats en cours", "contracts.ImportRunning", "contracts.PreviewRunning",
         "contracts.UndoRunningImport", "reprises", "corrigées", "inchangées", "running"},
};

static const struct list_kind *kind_named(const char *word)
{
        for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
                if (strcmp(kinds[i].word, word) == 0)
                        return &kinds[i];
        return NULL;
}

bool import_list_is(const char *word)
{
        return kind_named(word) != NULL;
}

/* ---- messages, field by field */

static void *request_of(const char *method, struct arena *arena)
{
        struct catalogue_method found;
        require(catalogue_method(method, &found));
        return pb_new(found.method->input, arena);
}

static const ProtobufCFieldDescriptor *field_of(const ProtobufCMessage *message, const char *name)
{
        return protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
}

/* Where the value of a text or a message stands. */
static void **member_of(const void *message, const char *name)
{
        const ProtobufCFieldDescriptor *field = field_of(message, name);
        require(field != NULL && field->type != PROTOBUF_C_TYPE_ENUM);
        return (void **)(void *)((uint8_t *)(uintptr_t)message + field->offset);
}

/* Who acts, in both verbs. */
struct acting {
        const char *directory, *role, *organisation, *territory;
        Types__Role role_value;
        bool is_operator; /* who runs the network, acting as such */
        struct id organisation_id;
};

struct list {
        const struct list_kind *kind;
        struct acting acting;
        const char *map, *only, *month, *source, *kind_of_rows, *need, *rejects_path;
        const char *buyer, *year, *name, *buyer_type, *sheet;
        uint64_t header;
        bool preview, go_on;

        struct arena arena;
        struct list_file file;
        ProtobufCMessage *request, *command; /* the fields of the list are the command's, inside or itself */
        Types__SentList sent;
        uint32_t chosen[ONLY_MAX];
        size_t chosen_count;
        Types__ListReport figures; /* sums of all parts */
};

/* ---- options */

/* Who runs the network says no role. */
static bool check_acting(const struct verb *verb, const struct list_kind *kind, struct acting *acting)
{
        acting->is_operator = kind->is_of_all && acting->role == NULL;
        if (!role_parse(acting->role == NULL ? "FACILITATOR" : acting->role, &acting->role_value))
                (void)misused(verb, "« --as %s » n'est pas un rôle, comme FACILITATOR ou STRUCTURE.", acting->role);
        else if (acting->organisation != NULL && id_parse(acting->organisation, &acting->organisation_id) != 0)
                (void)misused(verb, "« %s » : l'organisation se désigne par son identifiant, un UUID.",
                              acting->organisation);
        else if (acting->territory == NULL && !acting->is_operator &&
                 (!kind->is_of_all || acting->role_value == TYPES__ROLE__FACILITATOR))
                (void)misused(verb, "il manque le département (--territory 31).");
        else
                return true;
        return false;
}

/* "hours=Nb h,reference=Matricule" */
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

/* "3,7-9": numbers of rows as a spreadsheet shows them. */
static bool read_only(const struct verb *verb, struct list *list)
{
        char *rest = list->only == NULL ? NULL : arena_text(&list->arena, list->only), *one;
        while ((one = strsep(&rest, ",")) != NULL) {
                char *end;
                unsigned long first = strtoul(one, &end, 10), last = first;
                if (*end == '-')
                        last = strtoul(end + 1, &end, 10);
                if (*one == '\0' || *end != '\0' || first == 0 || last < first || last > TABLE_ROWS_MAX) {
                        (void)misused(verb, "« --only %s » : il faut des numéros de lignes, comme « 3,7-9 ».",
                                      list->only);
                        return false;
                }
                for (; first <= last; first++) {
                        if (list->chosen_count == ONLY_MAX) {
                                (void)misused(verb, "« --only » : %d lignes au plus.", ONLY_MAX);
                                return false;
                        }
                        list->chosen[list->chosen_count++] = (uint32_t)first;
                }
        }
        return true;
}

/* A text as the type of the field wants it. */
static bool put_value(ProtobufCMessage *request, const ProtobufCFieldDescriptor *field, const char *text,
                      struct arena *arena)
{
        uint8_t *to = (uint8_t *)request + field->offset;
        struct month month;
        struct id id;
        if (field->type == PROTOBUF_C_TYPE_ENUM) {
                const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value_by_name(field->descriptor, text);
                if (value != NULL)
                        *(int *)(void *)to = value->value;
                return value != NULL;
        }
        if (field->type == PROTOBUF_C_TYPE_UINT32) {
                char *end;
                unsigned long number = strtoul(text, &end, 10);
                *(uint32_t *)(void *)to = (uint32_t)number;
                return *text != '\0' && *end == '\0' && number <= UINT32_MAX;
        }
        if (field->type == PROTOBUF_C_TYPE_STRING)
                *(char **)(void *)to = arena_text(arena, text);
        else if (field->descriptor == &types__month__descriptor && month_parse(text, &month) == 0)
                *(Types__Month **)(void *)to = month_to(arena, month);
        else if (field->descriptor == &types__id__descriptor && id_parse(text, &id) == 0)
                *(Types__Id **)(void *)to = id_to(arena, id);
        else
                return false;
        return true;
}

/* Words for the values of contracts.BuyerType. */
static bool read_buyer_type(const struct verb *verb, struct list *list)
{
        static const char *const types[][2] = {
                {"state", "BUYER_STATE"}, {"authority", "BUYER_OTHER_AUTHORITY"}, {"entity", "BUYER_ENTITY"}};
        for (size_t i = 0; list->buyer_type != NULL && i < ARRAY_SIZE(types); i++)
                if (strcmp(types[i][0], list->buyer_type) == 0) {
                        list->buyer_type = types[i][1];
                        return true;
                }
        if (list->buyer_type != NULL)
                (void)misused(verb, "« --buyer-type %s » : il faut state, authority ou entity.", list->buyer_type);
        return list->buyer_type == NULL;
}

static bool read_fields(const struct verb *verb, struct list *list)
{
        const char *sender = field_of(list->command, "prescriber") != NULL ? "prescriber" : "sender";
        const struct {
                const char *option, *field, *text;
        } told[] = {
                {"--territory", "territory", list->acting.territory},
                {"--sender", sender, list->acting.organisation},
                {"--month", "month", list->month},
                {"--source", "source", list->source},
                {"--kind", "kind", list->kind_of_rows},
                {"--need", "need_id", list->need},
                {"--buyer", "buyer_siret", list->buyer},
                {"--year", "year", list->year},
                {"--name", "buyer_name", list->name},
                {"--buyer-type", "buyer_type", list->buyer_type},
        };
        for (size_t i = 0; i < ARRAY_SIZE(told); i++) {
                const ProtobufCFieldDescriptor *field = field_of(list->command, told[i].field);
                if (told[i].text == NULL || (list->kind->is_of_all && told[i].text == list->acting.organisation))
                        continue;
                if (field == NULL) {
                        (void)misused(verb, "« %s » n'est pas une option de ces listes.", told[i].option);
                        return false;
                }
                if (!put_value(list->command, field, told[i].text, &list->arena)) {
                        (void)misused(verb,
                                      "« %s %s » : il faut un mois, comme « 2026-11 », une année, un UUID, ou un "
                                      "sigle, comme ACI, selon l'option.",
                                      told[i].option, told[i].text);
                        return false;
                }
        }
        return true;
}

/* The preview of some kinds holds the command, that of others has its fields. */
static void make_request(struct list *list)
{
        const struct list_kind *kind = list->kind;
        list->request = request_of(list->preview ? kind->preview : kind->import, &list->arena);
        list->command = list->request;
        if (!list->preview || kind->inside == NULL)
                return;
        list->command = request_of(kind->import, &list->arena);
        *member_of(list->request, kind->inside) = list->command;
}

static bool read_options(const struct verb *verb, struct list *list)
{
        make_request(list);
        return check_acting(verb, list->kind, &list->acting) && read_map(verb, list) && read_only(verb, list) &&
               read_buyer_type(verb, list) && read_fields(verb, list);
}

static bool act(const struct acting *acting, struct session *session)
{
        if (!session_open(acting->directory, 0, session))
                return false;
        if (acting->is_operator)
                return true;
        bool is_partner = acting->role_value != TYPES__ROLE__FACILITATOR;
        session_act(session, acting->role_value,
                    is_partner && acting->organisation != NULL ? &acting->organisation_id : NULL,
                    acting->territory == NULL ? "*" : acting->territory);
        return true;
}

/* ---- the list */

static void fill_command(struct list *list)
{
        const char *slash = strrchr(list->file.path, '/');
        *member_of(list->command, "list") = &list->sent;
        list->sent.header = list_file_header(&list->file)->cells;
        list->sent.n_header = list_file_columns(&list->file);
        list->sent.file_name = arena_text(&list->arena, slash == NULL ? list->file.path : slash + 1);
        list->sent.file_hash = pb_bytes(slice_of(list->file.table.hash, sizeof(list->file.table.hash)));
        list->sent.only = list->chosen;
        list->sent.n_only = list->chosen_count;
        list->sent.go_on = list->go_on;
}

/* Of a list whose rows rest on those of the part before: its preview, which stores nothing, answers with the rows that
 * the next one needs. */
static void carry_over(struct list *list, const ProtobufCMessage *reply)
{
        const ProtobufCFieldDescriptor *from = field_of(reply, "above"), *to = field_of(list->request, "above");
        if (from == NULL || to == NULL)
                return;
        memcpy((uint8_t *)list->request + to->offset, (const uint8_t *)reply + from->offset, sizeof(void *));
        memcpy((uint8_t *)list->request + to->quantifier_offset, (const uint8_t *)reply + from->quantifier_offset,
               sizeof(size_t));
}

static const Types__ListReport *send_part(struct session *session, struct list *list)
{
        const char *method = list->preview ? list->kind->preview : list->kind->import;
        const void *reply = session_call(session, method, list->request, NULL, &list->arena);
        if (reply != NULL && list->preview && list->kind->print_preview != NULL) {
                progress_end();
                list->kind->print_preview(reply);
        }
        if (reply != NULL)
                carry_over(list, reply);
        return reply == NULL ? NULL : *member_of(reply, "report");
}

static void add_figures(Types__ListReport *sum, const Types__ListReport *part)
{
        sum->created += part->created;
        sum->updated += part->updated;
        sum->unchanged += part->unchanged;
        sum->doubtful += part->doubtful;
        sum->rejected += part->rejected;
        sum->not_chosen += part->not_chosen;
}

static void print_columns(const struct table *table, const Types__ListReport *report)
{
        (void)printf("Colonnes (%s, séparateur « %s ») :\n", table->encoding,
                     table->separator == '\t' ? "tabulation" : (const char[]){table->separator, '\0'});
        for (size_t i = 0; i < report->n_mapping; i++) {
                (void)fputs("  ", stdout);
                print_cell(report->mapping[i]->column, COLUMN_WIDTH);
                (void)printf(" → %s\n", report->mapping[i]->field);
        }
        for (size_t i = 0; i < report->n_unused_columns; i++) {
                (void)fputs("  ", stdout);
                print_cell(report->unused_columns[i], COLUMN_WIDTH);
                (void)puts(" (laissée de côté)");
        }
}

static void print_figure(const char *label, uint32_t number)
{
        char text[NUMBER_TEXT_SIZE];
        (void)fputs("  ", stdout);
        print_cell(label, LABEL_WIDTH);
        print_cell(number_text(number, text), -NUMBER_WIDTH);
        (void)putchar('\n');
}

static void print_end(const struct list *list)
{
        const Types__ListReport *figures = &list->figures;
        char batch[ID_TEXT_SIZE];
        (void)printf("%s%s :\n", list->kind->title, list->preview ? " (aperçu : rien n'est enregistré)" : "");
        print_figure(list->kind->created, figures->created);
        print_figure(list->kind->updated, figures->updated);
        print_figure(list->kind->unchanged, figures->unchanged);
        print_figure("à choisir", figures->doubtful);
        print_figure("écartées", figures->rejected);
        if (figures->not_chosen > 0)
                print_figure("non choisies", figures->not_chosen);
        if (list->sent.batch_id == NULL)
                return;
        id_format(id_of(list->sent.batch_id), batch);
        (void)printf("Import %s ; pour l'annuler : guichetctl import undo %s --list %s%s%s --reason …\n", batch, batch,
                     list->kind->word, list->acting.territory == NULL ? "" : " --territory ",
                     list->acting.territory == NULL ? "" : list->acting.territory);
}

/* The next part, from *at on. */
static void cut_part(struct list *list, size_t *at)
{
        *at = list_file_part(&list->file, *at, &list->arena, &list->sent.rows, &list->sent.n_rows);
        list->sent.is_last = *at == list->file.table.count;
        progress("%s : %zu lignes sur %zu", list->file.path, *at, list->file.table.count);
}

static bool take_report(struct list *list, const Types__ListReport *report)
{
        progress_end();
        verdicts_print(report->rows, report->n_rows);
        add_figures(&list->figures, report);
        if (report->batch_id != NULL && list->sent.batch_id == NULL)
                list->sent.batch_id = id_to(&list->arena, id_of(report->batch_id));
        return list_rejects_write(&list->file, report->rows, report->n_rows);
}

/* A part, and its answer. False where it was refused. */
static bool import_part(struct session *session, struct list *list, size_t *at)
{
        bool first = *at == list->file.header_at + 1;
        cut_part(list, at);
        const Types__ListReport *report = send_part(session, list);
        progress_end();
        if (report == NULL)
                return false;
        if (first)
                print_columns(&list->file.table, report);
        if (first && report->mostly_known[0] != '\0')
                (void)printf("Attention : %s (--go-on)\n", report->mostly_known);
        return take_report(list, report);
}

/* ---- parts in flight: of a batch that is known, so that the daemon commits some while others are on their way */

struct flight {
        struct list *list;
        size_t sent, told;
        const Types__ListReport *early[PARTS_AHEAD]; /* of what was answered before one that was sent before it */
        bool failed;
};

static void tell_in_order(struct flight *flight)
{
        const Types__ListReport **next;
        while (*(next = &flight->early[flight->told % PARTS_AHEAD]) != NULL) {
                flight->failed = !take_report(flight->list, *next) || flight->failed;
                *next = NULL;
                flight->told++;
        }
}

static void on_part(void *argument, const void *tag, const ProtobufCMessage *body, const Types__Refusal *refusal)
{
        static const Types__ListReport nothing = TYPES__LIST_REPORT__INIT;
        struct flight *flight = argument;
        struct arena *arena = &flight->list->arena;
        size_t number;
        memcpy(&number, tag, sizeof(number));
        const Types__ListReport *report = body == NULL ? &nothing : *member_of(body, "report");
        if (body == NULL) {
                progress_end();
                session_refused(flight->list->kind->import, refusal);
                flight->failed = true;
        } else if (number != flight->told) { /* which dies with this call */
                report = pb_decode(&types__list_report__descriptor, pb_encode(report, arena), arena);
        }
        flight->early[number % PARTS_AHEAD] = report;
        tell_in_order(flight);
}

/* The last one, which makes the batch whole, waits until all others are taken. */
static bool send_parts(struct session *session, struct list *list, size_t at)
{
        struct flight flight = {.list = list};
        struct world world = world_real();
        struct pipeline *pipeline = pipeline_new(session, PARTS_IN_FLIGHT, on_part, &flight);
        bool done = true;
        while (done && !flight.failed && at < list->file.table.count) {
                cut_part(list, &at);
                if (list->sent.is_last || flight.sent - flight.told >= PARTS_AHEAD)
                        done = pipeline_finish(pipeline);
                const struct pipeline_command command = {
                        .method = list->kind->import,
                        .request = list->request,
                        .key = id_new(&world, world.now_ms(&world), 0),
                        .tag = &flight.sent,
                        .tag_size = sizeof(flight.sent),
                };
                done = done && !flight.failed && pipeline_send(pipeline, &command);
                flight.sent++;
        }
        done = pipeline_finish(pipeline) && done && !flight.failed;
        pipeline_free(pipeline);
        progress_end();
        return done;
}

static bool send_list(struct session *session, struct list *list)
{
        size_t at = list->file.header_at + 1;
        if (!list_rejects_open(&list->file, list->rejects_path))
                return false;
        bool done = true;
        do
                done = import_part(session, list, &at);
        while (done && at < list->file.table.count && (list->preview || list->sent.batch_id == NULL));
        done = done && (at == list->file.table.count || send_parts(session, list, at));
        done = list_rejects_close(&list->file) && done;
        if (done)
                print_end(list);
        return done;
}

/* ---- which sheet */

static void on_probe(void *argument, const void *tag, const ProtobufCMessage *body, const Types__Refusal *refusal)
{
        (void)tag;
        (void)body;
        *(bool *)argument = refusal == NULL || strstr(refusal->field, "header") == NULL;
}

/* Whether the daemon understands the titles of the sheet that is taken: its preview says so, and stores nothing. */
static bool is_understood(struct session *session, struct list *list)
{
        struct world world = world_real();
        bool understood = false;
        size_t at = list->file.header_at + 1;
        fill_command(list);
        (void)list_file_part(&list->file, at, &list->arena, &list->sent.rows, &list->sent.n_rows);
        struct pipeline *pipeline = pipeline_new(session, 1, on_probe, &understood);
        const struct pipeline_command command = {.method = list->kind->preview,
                                                 .request = list->request,
                                                 .key = id_new(&world, world.now_ms(&world), 0)};
        bool told = pipeline_send(pipeline, &command) && pipeline_finish(pipeline);
        pipeline_free(pipeline);
        return told && understood;
}

/* The only sheet whose titles are understood; the count of sheets where none is, or several are. */
static size_t find_sheet(const struct verb *verb, struct session *session, struct list *list)
{
        size_t found = list->file.book.count, understood = 0;
        bool preview = list->preview;
        list->preview = true;
        make_request(list);
        bool done = read_fields(verb, list);
        for (size_t i = 0; done && i < list->file.book.count; i++) {
                done = list_file_take(&list->file, i, &list->arena);
                list->file.header_at = list->header > 0 ? list->header - 1 : table_header(&list->file.table);
                if (!done || list->file.header_at >= list->file.table.count || !is_understood(session, list))
                        continue;
                found = i;
                understood++;
        }
        list->preview = preview;
        make_request(list);
        done = read_fields(verb, list) && done;
        return done && understood == 1 ? found : list->file.book.count;
}

static bool choose_sheet(const struct verb *verb, struct session *session, struct list *list)
{
        struct list_file *file = &list->file;
        const char *sheets = list_file_sheets(file, &list->arena);
        if (list->sheet != NULL && file->book.count == 0)
                return complain("%s : ce n'est pas un classeur, « --sheet » n'a rien à y choisir.", file->path) == 0;
        if (list->sheet == NULL && file->book.count <= 1)
                return true;
        size_t sheet = list->sheet != NULL ? list_file_sheet(file, list->sheet) : find_sheet(verb, session, list);
        if (sheet < file->book.count) {
                (void)printf("Feuille « %s », parmi %s.\n", file->book.sheets[sheet].name, sheets);
                return list_file_take(file, sheet, &list->arena);
        }
        if (list->sheet != NULL)
                return complain("%s : pas de feuille visible « %s » ; feuilles : %s.", file->path, list->sheet,
                                sheets) == 0;
        return complain("%s : quelle feuille ? Aucune, ou plusieurs, ont des titres de colonnes compris : %s ; "
                        "choisissez-la : --sheet NOM.",
                        file->path, sheets) == 0;
}

/* A year that the sheet, else the file, is named after, and that is not the list's. */
static void warn_of_year(const struct list *list)
{
        enum { YEAR_DIGITS = 4 };
        const char *slash = strrchr(list->file.path, '/');
        const char *name = list->file.sheet[0] != '\0' ? list->file.sheet : slash == NULL ? list->file.path : slash + 1;
        if (list->year == NULL || strstr(name, list->year) != NULL)
                return;
        for (const char *at = strstr(name, "20"); at != NULL; at = strstr(at + 1, "20")) {
                bool is_year = strspn(at, "0123456789") == YEAR_DIGITS && (at == name || at[-1] < '0' || at[-1] > '9');
                if (!is_year)
                        continue;
                (void)printf("Attention : « %s » est importé pour l'année %s : vérifiez --year.\n", name, list->year);
                return;
        }
}

/* One of the lists, each a batch of its own. The session is opened for the first. */
static int import_file(const struct verb *verb, const char *path, struct list *list, struct session *session)
{
        if (!read_options(verb, list))
                return CTL_MISUSED;
        if (!list_file_open(path, &list->arena, &list->file) ||
            (session->link == NULL && !act(&list->acting, session)) || !choose_sheet(verb, session, list) ||
            !list_file_head(&list->file, list->header))
                return CTL_FAILED;
        warn_of_year(list);
        fill_command(list);
        return send_list(session, list) ? CTL_DONE : CTL_FAILED;
}

int import_list(const struct verb *verb, const char *word, int argc, char **argv)
{
        struct list list = {
                .kind = kind_named(word),
                .acting = {.directory = "run"},
                .sent = TYPES__SENT_LIST__INIT,
                .figures = TYPES__LIST_REPORT__INIT,
        };
        const struct option_row rows[] = {
                {.name = "--dir", .text = &list.acting.directory},
                {.name = "--as", .text = &list.acting.role},
                {.name = "--sender", .text = &list.acting.organisation},
                {.name = "--territory", .text = &list.acting.territory},
                {.name = "--month", .text = &list.month},
                {.name = "--source", .text = &list.source},
                {.name = "--kind", .text = &list.kind_of_rows},
                {.name = "--need", .text = &list.need},
                {.name = "--buyer", .text = &list.buyer},
                {.name = "--year", .text = &list.year},
                {.name = "--name", .text = &list.name},
                {.name = "--buyer-type", .text = &list.buyer_type},
                {.name = "--sheet", .text = &list.sheet},
                {.name = "--map", .text = &list.map},
                {.name = "--only", .text = &list.only},
                {.name = "--rejects", .text = &list.rejects_path},
                {.name = "--header", .number = &list.header, .number_max = HEADER_MAX},
                {.name = "--preview", .flag = &list.preview},
                {.name = "--go-on", .flag = &list.go_on},
        };
        const struct options options = {
                .rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = FILES_MAX};
        scoped(session_close) struct session session = {0};
        int files = options_parse(verb, &options, argc, argv), status = CTL_DONE;

        if (files < 0)
                return CTL_MISUSED;
        if (files > 1 && (list.only != NULL || list.rejects_path != NULL))
                return misused(verb, "« --only » et « --rejects » vont avec une seule liste.");
        for (int i = 0; i < files && status == CTL_DONE; i++) {
                struct list one = list;
                status = import_file(verb, argv[i], &one, &session);
                list_file_close(&one.file);
                arena_fini(&one.arena);
        }
        return status;
}

/* ---- undo */

static void print_kept(const Types__UndoReport *report)
{
        for (size_t i = 0; i < report->n_rows; i++)
                (void)printf("  ligne %u gardée : %s\n", report->rows[i]->number, report->rows[i]->why);
}

/* A long batch is taken back by several commands. */
static bool take_back(struct session *session, const struct list_kind *kind, const void *request, struct arena *arena)
{
        uint32_t taken_back = 0, kept = 0;
        bool goes_on = true;
        while (goes_on) {
                const void *reply = session_call(session, kind->undo, request, NULL, arena);
                if (reply == NULL)
                        return false;
                const Types__UndoReport *report = *member_of(reply, "report");
                print_kept(report);
                taken_back += report->taken_back;
                kept += report->kept;
                goes_on = report->goes_on;
        }
        (void)printf("Import annulé : %u ligne(s) reprise(s), %u gardée(s).\n", taken_back, kept);
        return true;
}

int import_undo(const struct verb *verb, int argc, char **argv)
{
        struct acting acting = {.directory = "run"};
        const char *reason = NULL, *word = "hours";
        const struct list_kind *kind;
        const struct option_row rows[] = {
                {.name = "--dir", .text = &acting.directory},
                {.name = "--as", .text = &acting.role},
                {.name = "--sender", .text = &acting.organisation},
                {.name = "--territory", .text = &acting.territory},
                {.name = "--list", .text = &word},
                {.name = "--reason", .text = &reason},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = 1};
        scoped(session_close) struct session session = {0};
        scoped(arena_fini) struct arena arena = {0};
        struct id batch;

        if (options_parse(verb, &options, argc, argv) < 0)
                return CTL_MISUSED;
        kind = kind_named(word);
        if (kind == NULL)
                return misused(verb, "« --list %s » : il faut hours, partners, persons, programme ou running.", word);
        if (!check_acting(verb, kind, &acting))
                return CTL_MISUSED;
        if (id_parse(argv[0], &batch) != 0)
                return misused(verb, "« %s » n'est pas l'identifiant d'un import.", argv[0]);
        if (reason == NULL)
                return misused(verb, "il manque le motif (--reason \"mauvais fichier\").");
        void *request = request_of(kind->undo, &arena);
        *member_of(request, "batch_id") = id_to(&arena, batch);
        *member_of(request, "reason") = arena_text(&arena, reason);
        return act(&acting, &session) && take_back(&session, kind, request, &arena) ? CTL_DONE : CTL_FAILED;
}
