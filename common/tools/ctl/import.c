/* import: contracts and partners from the files that others publish. */
#include "common/tools/ctl/import.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/require.h"
#include "common/tools/ctl/options.h"
#include "common/tools/ctl/pipeline.h"
#include "common/tools/ctl/print_json.h"
#include "common/tools/ctl/programs.h"
#include "common/tools/ctl/terminal.h"
#include "common/tools/import/decp.h"
#include "common/tools/import/structures.h"
#include "contracts/commands.pb-c.h"

/* One file on its way. */
struct import {
        const char *path;
        FILE *rejects;
        struct import_figures *figures;
        struct pipeline *pipeline;
        struct world world;
};

/* What comes back with the answer. */
struct import_tag {
        const char *list; /* a literal of the reader */
        uint64_t index;
        uint32_t considerations; /* bits */
        int32_t kind;
};

static void put(json_t *object, const char *name, json_t *value)
{
        require(json_object_set_new(object, name, value) == 0);
}

static void put_any_text(json_t *object, const char *name, const char *text)
{
        json_t *value = json_string(text);
        put(object, name, value != NULL ? value : json_string("?")); /* a published text that is not UTF-8 */
}

static void write_reject(const struct import *import, const char *list, uint64_t index, const char *const texts[3])
{
        if (import->rejects == NULL)
                return;
        json_t *line = json_object();
        put_any_text(line, "file", import->path);
        put_any_text(line, "list", list);
        put(line, "index", json_integer((json_int_t)index));
        put_any_text(line, "field", texts[0]);
        put_any_text(line, "value", texts[1]);
        put_any_text(line, "reason", texts[2]);
        (void)print_json_line_take(import->rejects, line);
}

static void count_notes(const struct note_list *list, uint64_t *counts)
{
        bool seen[NOTE_CODES] = {false}; /* once for each element */
        for (size_t i = 0; i < list->count; i++) {
                if (!seen[list->at[i].code])
                        counts[list->at[i].code]++;
                seen[list->at[i].code] = true;
        }
}

static void reject(struct import *import, const char *list, uint64_t index, const struct note_list *reasons)
{
        import->figures->rejected++;
        count_notes(reasons, import->figures->reasons);
        for (size_t i = 0; i < reasons->count; i++) {
                const struct note *note = &reasons->at[i];
                const char *const texts[3] = {note->field, note->value, note->text};
                write_reject(import, list, index, texts);
        }
}

static void refused(struct import *import, const struct import_tag *tag, const Types__Refusal *refusal)
{
        const char *const texts[3] = {refusal->field, "", refusal->text};
        if (import->figures->refused++ == 0)
                (void)snprintf(import->figures->first_refusal, sizeof(import->figures->first_refusal), "%s",
                               refusal->text);
        write_reject(import, tag->list, tag->index, texts);
}

static void show_progress(const struct import *import, uint64_t done, uint64_t total)
{
        char read[NUMBER_TEXT_SIZE];
        const char *name = strrchr(import->path, '/');
        progress("%s : %s lus, %llu %%", name == NULL ? import->path : name + 1,
                 number_text(import->figures->read, read), (unsigned long long)(total == 0 ? 100 : done * 100 / total));
}

static bool send(struct import *import, const char *method, const ProtobufCMessage *request,
                 const struct import_tag *tag)
{
        struct pipeline_command command = {
                .method = method,
                .request = request,
                .key = id_new(&import->world, import->world.now_ms(&import->world), 0),
                .tag = tag,
                .tag_size = sizeof(*tag),
        };
        return pipeline_send(import->pipeline, &command);
}

/* --- contracts -----------------------------------------------------------------------------------------------------
 */

static void on_contract(void *argument, const void *tag, const ProtobufCMessage *body, const Types__Refusal *refusal)
{
        struct import *import = argument;
        const struct import_tag *from = tag;
        struct import_figures *figures = import->figures;
        if (refusal != NULL) {
                refused(import, from, refusal);
                return;
        }
        const Contracts__ImportContractReply *reply = (const Contracts__ImportContractReply *)body;
        figures->created += reply->outcome == CONTRACTS__IMPORT_OUTCOME__CREATED;
        figures->updated += reply->outcome == CONTRACTS__IMPORT_OUTCOME__UPDATED;
        figures->unchanged += reply->outcome == CONTRACTS__IMPORT_OUTCOME__UNCHANGED;
        for (unsigned i = 0; i < IMPORT_CONSIDERATIONS; i++)
                figures->considerations[i] += (from->considerations >> i) & 1u;
}

static uint32_t consideration_bits(const Contracts__ContractRecord *record)
{
        uint32_t bits = 0;
        for (size_t i = 0; i < record->n_social; i++)
                if ((unsigned)record->social[i] < IMPORT_CONSIDERATIONS)
                        bits |= 1u << (unsigned)record->social[i];
        return bits == 0 ? 1u << CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_UNKNOWN : bits;
}

static bool take_contract(struct import *import, const struct decp_item *item)
{
        import->figures->read++;
        count_notes(&item->found.warnings, import->figures->warnings);
        if (item->record == NULL) {
                reject(import, item->list, item->index, &item->found.reasons);
                return true;
        }
        Contracts__ImportContract request = CONTRACTS__IMPORT_CONTRACT__INIT;
        struct import_tag tag = {.list = item->list, .index = item->index};
        tag.considerations = consideration_bits(item->record);
        request.record = item->record;
        return send(import, "contracts.ImportContract", &request.base, &tag);
}

static bool read_contracts(struct import *import, const char *plain)
{
        struct decp *reader = NULL;
        struct err_info info = {0};
        struct decp_item item;
        if (decp_open(plain, &reader, &info) != 0)
                return complain("%s : %s", import->path, info.text) == 0;

        int more = 1;
        bool sent = true;
        while (sent) {
                scoped(arena_fini) struct arena arena = {0};
                uint64_t done;
                uint64_t total;
                more = decp_next(reader, &arena, &item, &info);
                if (more != 1)
                        break;
                sent = take_contract(import, &item);
                decp_progress(reader, &done, &total);
                show_progress(import, done, total);
        }
        decp_close(reader);
        if (more < 0)
                (void)complain("%s : %s", import->path, info.text);
        return sent && more >= 0;
}

/* --- partners ------------------------------------------------------------------------------------------------------
 */

static void on_partner(void *argument, const void *tag, const ProtobufCMessage *body, const Types__Refusal *refusal)
{
        struct import *import = argument;
        const struct import_tag *from = tag;
        struct import_figures *figures = import->figures;
        if (refusal != NULL) {
                refused(import, from, refusal);
                return;
        }
        const Directory__PutOrganisationReply *reply = (const Directory__PutOrganisationReply *)body;
        figures->created += reply->outcome == DIRECTORY__PUT_OUTCOME__ADDED;
        figures->updated += reply->outcome == DIRECTORY__PUT_OUTCOME__CHANGED;
        figures->unchanged += reply->outcome == DIRECTORY__PUT_OUTCOME__SAME;
        if (from->kind >= 0 && from->kind < IMPORT_KINDS)
                figures->kinds[from->kind]++;
}

static bool take_partner(struct import *import, const struct structures_item *item)
{
        import->figures->read++;
        count_notes(&item->found.warnings, import->figures->warnings);
        if (item->organisation == NULL) {
                reject(import, "", item->index, &item->found.reasons);
                return true;
        }
        Directory__PutOrganisation request = DIRECTORY__PUT_ORGANISATION__INIT;
        struct import_tag tag = {.list = "", .index = item->index, .kind = (int32_t)item->organisation->kind};
        request.organisation = item->organisation;
        return send(import, "directory.PutOrganisation", &request.base, &tag);
}

static bool read_partners(struct import *import, const char *plain)
{
        struct structures *reader = NULL;
        struct err_info info = {0};
        struct structures_item item;
        if (structures_open(plain, &reader, &info) != 0)
                return complain("%s : %s", import->path, info.text) == 0;

        int more = 1;
        bool sent = true;
        while (sent) {
                scoped(arena_fini) struct arena arena = {0};
                uint64_t done;
                uint64_t total;
                more = structures_next(reader, &arena, &item, &info);
                if (more != 1)
                        break;
                sent = take_partner(import, &item);
                structures_progress(reader, &done, &total);
                show_progress(import, done, total);
        }
        structures_close(reader);
        if (more < 0)
                (void)complain("%s : %s", import->path, info.text);
        return sent && more >= 0;
}

/* --- a file --------------------------------------------------------------------------------------------------------
 */

static bool ends_with(const char *text, const char *end)
{
        size_t length = strlen(text);
        size_t end_length = strlen(end);
        return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

static bool unpack(const char *path, int fd)
{
        const char *const argv[] = {"xz", "-dc", "--", path, NULL};
        if (program_run(argv, fd) == 0)
                return true;
        (void)complain("%s : xz ne peut pas décompresser ce fichier.", path);
        return false;
}

/* Reads `path`, or what is packed in it, out of a temporary file that has no name any more. */
static bool read_plain(struct import *import, bool (*read)(struct import *import, const char *plain))
{
        if (!ends_with(import->path, ".xz"))
                return read(import, import->path);
        char name[] = "/tmp/guichetctl-XXXXXX";
        char opened[32];
        int fd = mkstemp(name);
        if (fd < 0)
                return complain("%s : %s.", name, strerror(errno)) == 0;
        (void)unlink(name);
        (void)snprintf(opened, sizeof(opened), "/proc/self/fd/%d", fd);
        bool done = unpack(import->path, fd) && read(import, opened);
        (void)close(fd);
        return done;
}

struct import_kind {
        pipeline_answer_f answer;
        bool (*read)(struct import *import, const char *plain);
};

static bool import_file(struct session *session, const struct import_kind *kind, struct import *import)
{
        import->world = world_real();
        import->pipeline = pipeline_new(session, kind->answer, import);
        uint64_t started_us = import->world.monotonic_us(&import->world);
        bool done = read_plain(import, kind->read);
        done = pipeline_finish(import->pipeline) && done;
        import->figures->files++;
        import->figures->duration_us += import->world.monotonic_us(&import->world) - started_us;
        pipeline_free(import->pipeline);
        progress_end();
        return done;
}

bool import_decp(struct session *session, const char *path, FILE *rejects, struct import_figures *figures)
{
        static const struct import_kind kind = {on_contract, read_contracts};
        struct import import = {.path = path, .rejects = rejects, .figures = figures};
        return import_file(session, &kind, &import);
}

bool import_partners(struct session *session, const char *path, FILE *rejects, struct import_figures *figures)
{
        static const struct import_kind kind = {on_partner, read_partners};
        struct import import = {.path = path, .rejects = rejects, .figures = figures};
        return import_file(session, &kind, &import);
}

/* --- the verb ------------------------------------------------------------------------------------------------------
 */

static FILE *open_rejects(const char *path)
{
        FILE *file = fopen(path, "we");
        if (file == NULL)
                (void)complain("%s : %s.", path, strerror(errno));
        return file;
}

static int import_all(struct session *session, bool contracts, const char *rejects_path, char **files)
{
        struct import_figures figures = {0};
        FILE *rejects = rejects_path == NULL ? NULL : open_rejects(rejects_path);
        if (rejects_path != NULL && rejects == NULL)
                return CTL_FAILED;

        bool done = true;
        for (char **file = files; *file != NULL && done; file++)
                done = contracts ? import_decp(session, *file, rejects, &figures)
                                 : import_partners(session, *file, rejects, &figures);
        if (rejects != NULL && fclose(rejects) != 0)
                done = complain("%s : écriture impossible (%s).", rejects_path, strerror(errno)) == 0;
        if (contracts)
                import_print_contracts(&figures);
        else
                import_print_partners(&figures);
        return done ? CTL_DONE : CTL_FAILED;
}

static int run_import(const struct verb *verb, int argc, char **argv)
{
        const char *directory = "run";
        const char *rejects = NULL;
        const struct option_row rows[] = {{.name = "--dir", .text = &directory},
                                          {.name = "--rejects", .text = &rejects}};
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 2, .words_max = argc};
        scoped(session_close) struct session session = {0};

        int words = options_parse(verb, &options, argc, argv);
        if (words < 0)
                return CTL_MISUSED;
        bool contracts = strcmp(argv[0], "decp") == 0;
        if (!contracts && strcmp(argv[0], "partners") != 0)
                return misused(verb, "« import %s » : il faut « decp » ou « partners ».", argv[0]);
        argv[words] = NULL;
        return session_open(directory, 0, &session) ? import_all(&session, contracts, rejects, argv + 1) : CTL_FAILED;
}

const struct verb verb_import = {
        .name = "import",
        .summary = "lit des marchés publiés ou des listes de partenaires",
        .usage = "guichetctl import decp FICHIER… [--rejects FICHIER] [--dir run]\n"
                 "guichetctl import partners FICHIER… [--rejects FICHIER] [--dir run]\n\n"
                 "« decp » : données essentielles de la commande publique, formats de 2022 et de 2019, JSON ou .xz.\n"
                 "« partners » : listes du Marché de l'inclusion, des Emplois de l'inclusion, des missions locales,\n"
                 "structures data.inclusion v1. Relire un fichier ne change rien.\n\n"
                 "  --rejects FICHIER   ce qui est écarté, un objet JSON par ligne : file, index, list, field, value,\n"
                 "                      reason\n\n"
                 "Exemples :\n"
                 "  guichetctl import decp decp-2024-07.json --rejects ecartes.jsonl\n"
                 "  guichetctl import partners siae.json missions_locales.json",
        .run = run_import,
};
