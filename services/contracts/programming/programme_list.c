#include "services/contracts/programming/programme_list.h"

#include <string.h>

#include "common/base/text.h"
#include "services/contracts/programming/line_contact.h"
#include "services/contracts/programming/programme_columns.h"
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

static bool open_list(struct work *work, const Contracts__ImportProgramme *command, struct programme_list *ret,
                      struct refusal *ret_refusal)
{
        const struct intake_spec spec = {PROGRAMME_LIST, contracts_batches(), programme_fields, PROGRAMME_FIELDS, true};
        const Contracts__ProgrammeSettings *old = programme_settings_find(work->txn, work->arena, command->buyer_siret);

        *ret = (struct programme_list){.command = command, .settings = settings_of(work, command, old)};
        ret->reading = (struct list_reading){rules_on(work, DATED_PROGRAMME_WORDS, work->today), NULL, command->year};
        ret->settings_changed = old == NULL || !same(old, ret->settings, work->arena);
        if (!may_import(work, ret->settings, ret_refusal))
                return false;
        const struct intake_for given = {
                .spec = &spec,
                .sent = command->list,
                .sender = ret->settings->buyer_siret,
                .territory = ret->settings->territory,
                .words = programme_list_words(ret->reading.words, work->arena),
        };
        if (!intake_open(work, &given, &ret->intake, ret_refusal))
                return false;
        ret->reading.columns = &ret->intake.columns;
        return columns_need(&ret->intake.columns, CONTRACTS__PROGRAMME_FIELD__COLUMN_TITLE, "l'intitulé du marché",
                            ret_refusal);
}

/* ---- rows */

static Types__RowOutcome outcome_of(const struct work *work, const struct programme_list *list,
                                    struct programme_row *row)
{
        struct id id;
        if (!programme_line_named(work->txn, list->settings->buyer_siret, list->command->year,
                                  programme_line_name(row->line), &id))
                return TYPES__ROW_OUTCOME__ROW_CREATED;
        row->known = programme_line_find(work->txn, work->arena, id);
        row->is_same_contact = strcmp(line_contact(work, row->known), row->contact) == 0;
        return row->is_same_contact && same(row->known->line, row->line, work->arena)
                       ? TYPES__ROW_OUTCOME__ROW_UNCHANGED
                       : TYPES__ROW_OUTCOME__ROW_UPDATED;
}

/* Reference or title, as programme_line_named() compares them. */
static void name_row(const struct work *work, const struct programme_row *row, struct judged *judged)
{
        const char *name = programme_line_name(row->line);
        size_t size = strlen(name) + 3;
        char *folded = arena_alloc(work->arena, size);
        text_fold(name, folded, size);
        judged->name = folded;
        judged->title = row->line->title;
        judged->id = row->known == NULL ? NULL : row->known->line_id;
        judged->remedy = text_is_empty(row->line->reference) ? "ajoutez des références"
                                                             : "corrigez la référence de l'une des deux";
}

static void judge_row(struct work *work, struct programme_list *list, size_t index)
{
        struct programme_row *row = &list->rows[index];
        struct line_reading read = line_read(&list->reading, list->intake.sent->rows[index], work->arena);
        struct judged judged = {
                .outcome = read.is_empty ? TYPES__ROW_OUTCOME__ROW_EMPTY : TYPES__ROW_OUTCOME__ROW_REJECTED,
        };
        row->line = read.line;
        row->contact = read.contact;
        if (row->line != NULL) {
                judged.outcome = outcome_of(work, list, row);
                judged.warnings = read.errors;
                judged.warning_count = read.error_count;
                name_row(work, row, &judged);
        } else {
                judged.errors = read.errors;
                judged.error_count = read.error_count;
        }
        row->is_taken = intake_judge(&list->intake, index, &judged);
}

bool programme_list_judge(struct work *work, const Contracts__ImportProgramme *command, struct programme_list *ret,
                          struct refusal *ret_refusal)
{
        if (!open_list(work, command, ret, ret_refusal))
                return false;
        size_t count = ret->intake.sent->n_rows;
        ret->rows = arena_zalloc(work->arena, (count + 1) * sizeof(*ret->rows));
        for (size_t i = 0; i < count; i++)
                judge_row(work, ret, i);
        return true;
}
