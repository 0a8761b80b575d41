#include "common/service/intake.h"

#include <stdio.h>
#include <string.h>

#include "common/base/french.h"
#include "common/base/local_time.h"
#include "common/base/require.h"
#include "common/base/text.h"

enum { FIELD_WORDS_MAX = 400 };

/* ---- columns */

static int field_of(const struct intake_spec *spec, const char *word)
{
        return column_field_named(spec->fields, spec->field_count, word);
}

static struct mapping mapping_of(const struct intake *intake, Types__ListColumn *const *columns, size_t count)
{
        struct mapping mapping = {arena_alloc(intake->work->arena, (count + 1) * sizeof(*mapping.at)), count};
        for (size_t i = 0; i < count; i++)
                mapping.at[i] = (struct column_field){columns[i]->column, field_of(&intake->spec, columns[i]->field)};
        return mapping;
}

static bool told_fields_are_known(const struct intake *intake, struct refusal *ret_refusal)
{
        char known[FIELD_WORDS_MAX] = "";
        for (size_t i = 0; i < intake->sent->n_mapping; i++) {
                const char *word = intake->sent->mapping[i]->field;
                if (field_of(&intake->spec, word) > 0)
                        continue;
                for (int field = 1; field < intake->spec.field_count; field++) {
                        size_t used = strlen(known);
                        (void)snprintf(known + used, sizeof(known) - used, "%s%s", field > 1 ? ", " : "",
                                       intake->spec.fields[field]);
                }
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "mapping.field",
                              "« %.40s » n'est pas un champ de ces listes ; leurs champs : %s.", word, known);
        }
        return true;
}

static void put_columns(struct intake *intake)
{
        struct arena *arena = intake->work->arena;
        Types__ListReport *report = intake->report;
        struct mapping applied = columns_applied(&intake->columns, arena);
        report->mapping = arena_alloc(arena, (applied.count + 1) * sizeof(*report->mapping));
        report->n_mapping = applied.count;
        for (size_t i = 0; i < applied.count; i++) {
                report->mapping[i] = pb_new(&types__list_column__descriptor, arena);
                report->mapping[i]->column = arena_text(arena, applied.at[i].column);
                report->mapping[i]->field = arena_text(arena, intake->spec.fields[applied.at[i].field]);
        }
        report->unused_columns = columns_unused(&intake->columns, arena, &report->n_unused_columns);
}

static bool is_same_mapping(const Types__ListReport *report, const Types__ListSender *known)
{
        bool same = report->n_mapping == known->n_mapping;
        for (size_t i = 0; i < report->n_mapping && same; i++)
                same = strcmp(report->mapping[i]->column, known->mapping[i]->column) == 0 &&
                       strcmp(report->mapping[i]->field, known->mapping[i]->field) == 0;
        return same;
}

static bool resolve(struct intake *intake, const Types__ListWordsVersion *words, struct refusal *ret_refusal)
{
        const Types__SentList *sent = intake->sent;
        const Types__ListSender *known = batch_sender(intake->work->txn, &intake->spec.tables, intake->spec.list,
                                                      intake->sender, intake->work->arena);
        struct mapping remembered = {0};
        if (known != NULL)
                remembered = mapping_of(intake, known->mapping, known->n_mapping);
        intake->columns =
                (struct columns){.header = sent->header, .count = sent->n_header, .fields = intake->spec.field_count};
        intake->rows = (struct row_list){&intake->columns, words->empty, words->n_empty};
        struct column_words known_words =
                column_words_of(words, intake->spec.fields, intake->spec.field_count, intake->work->arena);
        if (!told_fields_are_known(intake, ret_refusal) ||
            !columns_resolve(known_words, &intake->columns, mapping_of(intake, sent->mapping, sent->n_mapping),
                             remembered, ret_refusal))
                return false;
        put_columns(intake);
        if (sent->n_mapping == 0 && sent->file_hash.len == 0)
                intake->taught = known;
        intake->is_remembered = known != NULL && (intake->taught != NULL || is_same_mapping(intake->report, known));
        return true;
}

/* ---- the batch */

static bool is_undone(const Types__ImportBatch *batch)
{
        return batch->undone_at != NULL;
}

/* Which batch it goes on in; none yet: NULL in *ret. False with *ret_refusal. */
static bool find_batch(const struct intake *intake, const Types__ImportBatch **ret, struct refusal *ret_refusal)
{
        const Types__SentList *sent = intake->sent;
        const struct intake_spec *spec = &intake->spec;
        *ret = NULL;
        if (sent->batch_id == NULL) {
                if (intake->same_file != NULL && !intake->same_file->is_whole && !is_undone(intake->same_file))
                        *ret = intake->same_file;
                return true;
        }
        *ret = batch_find(intake->work->txn, &spec->tables, id_of(sent->batch_id), intake->work->arena);
        if (*ret == NULL || strcmp((*ret)->list, spec->list) != 0 || strcmp((*ret)->sender, intake->sender) != 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "list.batch_id",
                              "Cet import n'est pas connu ici, ou n'est pas de cet expéditeur : recommencez la liste "
                              "sans identifiant d'import.");
        if (is_undone(*ret) || (*ret)->is_whole)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "list.batch_id",
                              "Cet import est %s : recommencez la liste sans identifiant d'import.",
                              is_undone(*ret) ? "annulé" : "terminé");
        return true;
}

static Types__BatchImported *new_batch(struct intake *intake, const Types__ImportBatch *continued)
{
        struct arena *arena = intake->work->arena;
        Types__BatchImported *batch = pb_new(&types__batch_imported__descriptor, arena);
        batch->batch_id = continued != NULL ? continued->batch_id : NULL;
        batch->list = arena_text(arena, intake->spec.list);
        batch->sender = arena_text(arena, intake->sender);
        batch->territory = arena_text(arena, intake->territory);
        batch->file_hash = intake->sent->file_hash;
        batch->is_last = intake->sent->is_last;
        batch->mapping = intake->taught != NULL ? intake->taught->mapping : intake->report->mapping;
        batch->n_mapping = intake->taught != NULL ? intake->taught->n_mapping : intake->report->n_mapping;
        return batch;
}

bool intake_open(struct work *work, const struct intake_for *given, struct intake *ret, struct refusal *ret_refusal)
{
        const Types__ImportBatch *continued;
        const Types__SentList *sent = given->sent;
        const struct batch_file file = {given->spec->list, given->sender, pb_slice(sent->file_hash)};
        *ret = (struct intake){
                .work = work,
                .spec = *given->spec,
                .sent = sent,
                .sender = given->sender,
                .territory = given->territory,
                .words = given->words,
        };
        ret->report = pb_new(&types__list_report__descriptor, work->arena);
        ret->names.mask = 1;
        while (ret->names.mask <= 2 * sent->n_rows)
                ret->names.mask = 2 * ret->names.mask + 1;
        ret->names.at = arena_zalloc(work->arena, (ret->names.mask + 1) * sizeof(*ret->names.at));
        ret->same_file = batch_of_file(work->txn, &ret->spec.tables, &file, work->arena);
        if (!resolve(ret, given->words, ret_refusal) || !find_batch(ret, &continued, ret_refusal))
                return false;
        ret->is_continued = continued != NULL;
        ret->batch = new_batch(ret, continued);
        return true;
}

const char *intake_value(const struct intake *intake, const char *cell)
{
        return words_value(intake->words, cell);
}

void intake_refuse_row(const struct intake *intake, struct row_reading *row, const struct refusal *refusal,
                       int otherwise)
{
        const char *dot = strrchr(refusal->field, '.');
        int named = field_of(&intake->spec, dot == NULL ? refusal->field : dot + 1);
        int field = named > 0 && row->list->columns->of[named] >= 0 ? named : otherwise;
        const char *cell = row_cell(row, field);
        row_wrong(row, field, cell == NULL ? "" : cell, refusal->text);
}

bool intake_is_of_sender(const struct intake *intake, const Types__Id *batch_id)
{
        const Types__ImportBatch *batch = batch_id == NULL ? NULL
                                                           : batch_find(intake->work->txn, &intake->spec.tables,
                                                                        id_of(batch_id), intake->work->arena);
        return batch != NULL && strcmp(batch->list, intake->spec.list) == 0 &&
               strcmp(batch->sender, intake->sender) == 0;
}

/* ---- verdicts */

bool intake_is_chosen(const struct intake *intake, size_t index)
{
        const Types__SentList *sent = intake->sent;
        for (size_t i = 0; i < sent->n_only; i++)
                if (sent->only[i] == sent->rows[index]->number)
                        return true;
        return sent->n_only == 0;
}

/* FNV-1a. */
static uint32_t hash_of(const char *name)
{
        uint32_t hash = 2166136261;
        for (; *name != '\0'; name++)
                hash = (hash ^ (uint8_t)*name) * 16777619;
        return hash;
}

/* The number of the row before that has the same name, which is noted of this one; 0: none. */
static uint32_t met_before(struct intake *intake, const char *name, uint32_t number)
{
        const struct row_names *names = &intake->names;
        size_t at = hash_of(name) & names->mask;
        for (; names->at[at].text != NULL; at = (at + 1) & names->mask)
                if (strcmp(names->at[at].text, name) == 0)
                        return names->at[at].number;
        names->at[at] = (struct row_name){name, number};
        return 0;
}

static void reject_double(struct intake *intake, Types__RowVerdict *verdict, uint32_t before, const char *remedy)
{
        struct arena *arena = intake->work->arena;
        verdict->errors = pb_append(verdict->errors, &verdict->n_errors, sizeof(*verdict->errors), arena);
        verdict->errors[verdict->n_errors - 1] =
                row_error("", verdict->title,
                          arena_printf(arena, "La ligne %u dit déjà la même chose : %s.", before,
                                       remedy != NULL ? remedy : "gardez l'une des deux"),
                          arena);
        verdict->outcome = TYPES__ROW_OUTCOME__ROW_REJECTED;
}

static void count(Types__ListReport *report, Types__RowOutcome outcome)
{
        report->created += outcome == TYPES__ROW_OUTCOME__ROW_CREATED;
        report->updated += outcome == TYPES__ROW_OUTCOME__ROW_UPDATED;
        report->unchanged += outcome == TYPES__ROW_OUTCOME__ROW_UNCHANGED;
        report->doubtful += outcome == TYPES__ROW_OUTCOME__ROW_DOUBTFUL;
        report->rejected += outcome == TYPES__ROW_OUTCOME__ROW_REJECTED;
        report->empty += outcome == TYPES__ROW_OUTCOME__ROW_EMPTY;
        report->not_chosen += outcome == TYPES__ROW_OUTCOME__ROW_NOT_CHOSEN;
}

/* What becomes of a row that the daemon understood in this way. */
static Types__RowOutcome outcome_of(const struct intake *intake, size_t index, Types__RowOutcome outcome)
{
        const Types__SentList *sent = intake->sent;
        if (outcome == TYPES__ROW_OUTCOME__ROW_EMPTY)
                return outcome;
        if (!intake_is_chosen(intake, index))
                return TYPES__ROW_OUTCOME__ROW_NOT_CHOSEN;
        if (outcome == TYPES__ROW_OUTCOME__ROW_DOUBTFUL && sent->n_only > 0)
                return TYPES__ROW_OUTCOME__ROW_UPDATED;
        return outcome;
}

bool intake_judge(struct intake *intake, size_t index, const struct judged *judged)
{
        struct arena *arena = intake->work->arena;
        Types__ListReport *report = intake->report;
        Types__RowVerdict *verdict = pb_new(&types__row_verdict__descriptor, arena);

        verdict->number = intake->sent->rows[index]->number;
        verdict->outcome = outcome_of(intake, index, judged->outcome);
        verdict->id = (Types__Id *)(uintptr_t)judged->id;
        verdict->title = arena_text(arena, judged->title == NULL ? "" : judged->title);
        if (verdict->outcome != TYPES__ROW_OUTCOME__ROW_NOT_CHOSEN) {
                verdict->errors = judged->errors;
                verdict->n_errors = judged->error_count;
                verdict->warnings = judged->warnings;
                verdict->n_warnings = judged->warning_count;
                uint32_t before = judged->name == NULL ? 0 : met_before(intake, judged->name, verdict->number);
                if (before > 0)
                        reject_double(intake, verdict, before, judged->remedy);
        }
        report->rows = pb_append(report->rows, &report->n_rows, sizeof(*report->rows), arena);
        report->rows[report->n_rows - 1] = verdict;
        count(report, verdict->outcome);
        return verdict->outcome == TYPES__ROW_OUTCOME__ROW_CREATED ||
               verdict->outcome == TYPES__ROW_OUTCOME__ROW_UPDATED;
}

/* ---- mostly doubles */

/* French: why it stops; NULL: nothing speaks against it. */
static const char *mostly_known(const struct intake *intake)
{
        const Types__ListReport *report = intake->report;
        const Types__ImportBatch *same = intake->same_file;
        struct arena *arena = intake->work->arena;
        uint32_t known = report->unchanged + report->doubtful;
        uint32_t understood = known + report->created + report->updated;

        if (intake->is_continued)
                return NULL;
        bool says_more = report->created + report->updated > 0;
        if (same != NULL && !is_undone(same) && (says_more || !intake->spec.is_state)) {
                char batch[ID_TEXT_SIZE];
                id_format(id_of(same->batch_id), batch);
                return arena_printf(arena,
                                    "Cette liste a déjà été importée le %s, par %s (import %s) : si vous voulez la "
                                    "reprendre malgré tout, confirmez-le.",
                                    french_day(arena, local_day(intake->territory, same->at->ms)), same->user, batch);
        }
        if (intake->spec.is_state || known * 2 <= understood)
                return NULL;
        return arena_printf(arena,
                            "%u des %u lignes comprises sont déjà connues : est-ce bien la bonne liste ? Si oui, "
                            "confirmez-le.",
                            known, understood);
}

bool intake_may_record(struct intake *intake, struct refusal *ret_refusal)
{
        const char *why = intake->sent->go_on ? NULL : mostly_known(intake);
        return why == NULL || refuse(ret_refusal, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "list.go_on", "%s", why);
}

void intake_preview(struct intake *intake)
{
        const char *why = mostly_known(intake);
        if (why != NULL)
                intake->report->mostly_known = arena_text(intake->work->arena, why);
}

/* ---- recording */

const Types__Id *intake_batch_id(const struct intake *intake)
{
        struct intake *mine = (struct intake *)(uintptr_t)intake;
        if (mine->batch->batch_id == NULL)
                mine->batch->batch_id = id_to(intake->work->arena, work_new_id(intake->work));
        return mine->batch->batch_id;
}

void intake_recorded(struct intake *intake, size_t index, struct id id, int32_t part, struct slice before)
{
        struct arena *arena = intake->work->arena;
        Types__BatchRow *row = pb_new(&types__batch_row__descriptor, arena);
        row->number = intake->sent->rows[index]->number;
        row->id = id_to(arena, id);
        row->part = part;
        row->event = intake->work->began + intake->work->recorded;
        row->before = pb_bytes(before);
        intake->batch->rows =
                pb_append(intake->batch->rows, &intake->batch->n_rows, sizeof(*intake->batch->rows), arena);
        intake->batch->rows[intake->batch->n_rows - 1] = row;
}

bool intake_is_news(const struct intake *intake)
{
        const Types__ListReport *report = intake->report;
        return report->created + report->updated > 0 || intake->is_continued || !intake->is_remembered;
}

void intake_record_batch(struct intake *intake)
{
        Types__BatchImported *batch = intake->batch;
        const Types__ListReport *report = intake->report;
        Types__BatchWords words = TYPES__BATCH_WORDS__INIT;

        intake->report->batch_id = (Types__Id *)(uintptr_t)intake_batch_id(intake);
        batch->created = report->created;
        batch->updated = report->updated;
        batch->unchanged = report->unchanged;
        batch->doubtful = report->doubtful;
        batch->rejected = report->rejected;
        words.file_name = intake->sent->file_name;
        work_record_sealed(intake->work, &batch->base, pb_encode(&words, intake->work->arena));
}
