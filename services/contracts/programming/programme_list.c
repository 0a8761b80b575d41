#include "services/contracts/programming/programme_list.h"

#include <string.h>

#include "common/base/text.h"
#include "services/contracts/programming/programming.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/context.h"

/* ---- who, for whom */

/* Security: a buyer imports its own programme, a facilitator those of her territories. */
static bool may_import(const struct work *work, const Contracts__ProgrammeSettings *settings,
                       struct refusal *ret_refusal)
{
        char siret[SIRET_TEXT_SIZE];
        if (work->actor->role == TYPES__ROLE__BUYER &&
            (!access_own_siret(work, siret) || strcmp(siret, settings->buyer_siret) != 0))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "buyer_siret",
                              "Ce programme est celui d'un autre acheteur : importez le vôtre.");
        if (work->actor->role != TYPES__ROLE__FACILITATOR)
                return true;
        if (settings->territory[0] == '\0')
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "territory",
                              "Indiquez le département de l'acheteur : on ne le connaît pas encore.");
        return access_territories(work, &settings->territory, 1) ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "territory",
                      "Le département %s n'est pas dans votre territoire : adressez-vous au facilitateur qui le suit.",
                      settings->territory);
}

static char *told_or(char *told, const char *remembered)
{
        return text_is_empty(told) ? (char *)(uintptr_t)remembered : told;
}

/* What will be remembered, but for the mapping. */
static Contracts__ProgrammeSettings *settings_of(const struct work *work, const Contracts__ImportProgramme *command,
                                                 const Contracts__ProgrammeSettings *old)
{
        Contracts__ProgrammeSettings *settings = pb_new(&contracts__programme_settings__descriptor, work->arena);
        settings->buyer_siret = command->buyer_siret;
        settings->buyer_name = told_or(command->buyer_name, old != NULL ? old->buyer_name : "");
        settings->territory = told_or(command->territory, old != NULL ? old->territory : "");
        settings->buyer_type = command->buyer_type;
        if (settings->buyer_type == CONTRACTS__BUYER_TYPE__BUYER_TYPE_UNKNOWN && old != NULL)
                settings->buyer_type = old->buyer_type;
        return settings;
}

static bool same(const void *a, const void *b, struct arena *arena)
{
        return slice_equal(pb_encode(a, arena), pb_encode(b, arena));
}

bool programme_list_open(struct work *work, const Contracts__ImportProgramme *command, struct programme_list *ret,
                         struct refusal *ret_refusal)
{
        const Contracts__ProgrammeSettings *old = programme_settings_find(work->txn, work->arena, command->buyer_siret);
        struct programme_mappings mappings = {
                .told = {command->mapping, command->n_mapping},
                .remembered = {old != NULL ? old->mapping : NULL, old != NULL ? old->n_mapping : 0},
        };

        *ret = (struct programme_list){.command = command, .settings = settings_of(work, command, old)};
        ret->columns = (struct columns){.header = command->header, .count = command->n_header};
        ret->list = (struct list_reading){rules_on(work, DATED_PROGRAMME_WORDS, work->today), NULL, command->year};
        if (!may_import(work, ret->settings, ret_refusal) ||
            !programme_columns_resolve(ret->list.words, &mappings, work->arena, &ret->columns, ret_refusal))
                return false;
        struct programme_mapping applied = programme_columns_applied(&ret->columns, work->arena);
        ret->settings->mapping = applied.at;
        ret->settings->n_mapping = applied.count;
        ret->settings_changed = old == NULL || !same(old, ret->settings, work->arena);
        ret->reply = pb_new(&contracts__import_programme_reply__descriptor, work->arena);
        ret->reply->mapping = applied.at;
        ret->reply->n_mapping = applied.count;
        ret->reply->unused_columns = columns_unused(&ret->columns, work->arena, &ret->reply->n_unused_columns);
        ret->names = arena_zalloc(work->arena, (command->n_rows + 1) * sizeof(*ret->names));
        return true;
}

/* ---- rows */

static void reject(struct programme_list_row *line, const char *column, const char *text, struct arena *arena)
{
        Types__RowVerdict *report = line->report;
        Types__CellError *error = row_error(column, programme_line_name(line->line), text, arena);
        report->errors = pb_append(report->errors, &report->n_errors, sizeof(*report->errors), arena);
        report->errors[report->n_errors - 1] = error;
        report->outcome = TYPES__ROW_OUTCOME__ROW_REJECTED;
        line->line = NULL;
}

/* The number of the row of this list that has the same name; 0: none. */
static uint32_t met_before(const struct programme_list *intake, size_t index)
{
        for (size_t i = 0; i < index; i++)
                if (intake->names[i] != NULL && strcmp(intake->names[i], intake->names[index]) == 0)
                        return intake->command->rows[i]->number;
        return 0;
}

static void meet(const struct work *work, struct programme_list *intake, size_t index, struct programme_list_row *line)
{
        const Contracts__ProgrammeSettings *settings = intake->settings;
        const char *name = programme_line_name(line->line);
        size_t size = strlen(name) + 3;
        char *folded = arena_alloc(work->arena, size);
        struct id id;

        text_fold(name, folded, size);
        intake->names[index] = folded;
        uint32_t before = met_before(intake, index);
        if (before > 0) {
                bool has_reference = !text_is_empty(line->line->reference);
                reject(line, has_reference ? "référence" : "intitulé",
                       arena_printf(work->arena, "La ligne %u dit déjà %s : %s.", before,
                                    has_reference ? "cette référence" : "cet intitulé",
                                    has_reference ? "corrigez l'une des deux" : "ajoutez des références"),
                       work->arena);
                return;
        }
        if (programme_line_named(work->txn, settings->buyer_siret, intake->command->year, name, &id))
                line->known = programme_line_find(work->txn, work->arena, id);
        line->report->outcome =
                line->known == NULL ? TYPES__ROW_OUTCOME__ROW_CREATED
                : same(line->known->line, line->line, work->arena) && strcmp(line->known->contact, line->contact) == 0
                        ? TYPES__ROW_OUTCOME__ROW_UNCHANGED
                        : TYPES__ROW_OUTCOME__ROW_UPDATED;
        line->report->id = line->known == NULL ? NULL : line->known->line_id;
}

static void count(Contracts__ImportProgrammeReply *reply, Types__RowOutcome outcome)
{
        reply->created += outcome == TYPES__ROW_OUTCOME__ROW_CREATED;
        reply->updated += outcome == TYPES__ROW_OUTCOME__ROW_UPDATED;
        reply->unchanged += outcome == TYPES__ROW_OUTCOME__ROW_UNCHANGED;
        reply->rejected += outcome == TYPES__ROW_OUTCOME__ROW_REJECTED;
}

struct programme_list_row programme_list_row(const struct work *work, struct programme_list *intake, size_t index)
{
        const Types__ListRow *row = intake->command->rows[index];
        Contracts__ImportProgrammeReply *reply = intake->reply;
        intake->list.columns = &intake->columns;
        struct line_reading read = line_read(&intake->list, row, work->arena);
        struct programme_list_row line = {
                .report = pb_new(&types__row_verdict__descriptor, work->arena),
                .line = read.line,
                .contact = read.contact,
        };
        line.report->number = row->number;
        line.report->errors = read.errors;
        line.report->n_errors = read.error_count;
        line.report->outcome = read.is_empty ? TYPES__ROW_OUTCOME__ROW_EMPTY : TYPES__ROW_OUTCOME__ROW_REJECTED;
        if (line.line != NULL) {
                line.report->title = line.line->title;
                meet(work, intake, index, &line);
        }
        reply->rows = pb_append(reply->rows, &reply->n_rows, sizeof(*reply->rows), work->arena);
        reply->rows[reply->n_rows - 1] = line.report;
        count(reply, line.report->outcome);
        return line;
}
