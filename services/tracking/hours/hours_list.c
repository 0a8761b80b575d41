#include "services/tracking/hours/hours_list.h"

#include "common/base/french.h"
#include "common/codec/validate.h"
#include "common/import/cells.h"
#include "services/tracking/homes/homes_rows.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/split.h"
#include "services/tracking/imports/imports_rows.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/rules/context.h"
#include "services/tracking/rules/wording.h"
#include "tracking/events.pb-c.h"

enum field { PLACEMENT = 1, REFERENCE, MONTH, HOURS, TRAINING, FIELDS };
static const char *const field_words[FIELDS] = {"", "placement", "reference", "month", "hours", "training"};

/* ---- whose list */

static bool find_sender(const struct work *work, const struct hours_question *question, struct id *ret,
                        struct refusal *ret_refusal)
{
        const Wire__Passport *actor = work->actor;
        bool is_partner = actor->role != TYPES__ROLE__FACILITATOR;
        *ret = id_of(question->sender != NULL ? question->sender : is_partner ? actor->organisation : NULL);
        if (!homes_has_territory(work, question->territory))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "territory",
                              "Le département « %s » n'est pas suivi par ce service : indiquez celui des parcours.",
                              question->territory);
        /* Security: an employer sends its own list; a facilitator those of the employers of her territories. */
        if (is_partner && !passport_is_organisation(actor, *ret))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "sender",
                              "Cette liste est celle d'une autre organisation : importez la vôtre.");
        if (!is_partner && !passport_covers(actor, question->territory))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "territory",
                              "Vous n'agissez pas dans le département %s : adressez-vous à son facilitateur.",
                              question->territory);
        return !id_is_zero(*ret) || refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "sender",
                                           "Indiquez l'organisation dont c'est la liste.");
}

static bool open_list(struct work *work, const struct hours_question *question, struct hours_list *ret,
                      struct refusal *ret_refusal)
{
        char sender[ID_TEXT_SIZE];
        const struct intake_spec spec = {HOURS_LIST, tracking_batches(), field_words, FIELDS};
        *ret = (struct hours_list){.month = question->month};
        if (!find_sender(work, question, &ret->sender, ret_refusal))
                return false;
        id_format(ret->sender, sender);
        const struct intake_for given = {
                .spec = &spec,
                .sent = question->list,
                .sender = arena_text(work->arena, sender),
                .territory = question->territory,
                .words = dated_on(&tracking_of(work)->hours_words, work->today),
        };
        if (!intake_open(work, &given, &ret->intake, ret_refusal))
                return false;
        const struct columns *columns = &ret->intake.columns;
        return columns_need(columns, HOURS, "les heures", ret_refusal) &&
               (ret->month != NULL || columns_need(columns, MONTH, "le mois", ret_refusal)) &&
               (columns->of[PLACEMENT] >= 0 ||
                columns_need(columns, REFERENCE, "le parcours (son identifiant, ou votre référence)", ret_refusal));
}

/* ---- the cells of a row */

struct reading {
        struct hours_list *list;
        struct hours_row *to;
        struct row_reading row;
        Tracking__SubmitHours *command;
};

static struct arena *arena_of(const struct reading *r)
{
        return r->list->intake.work->arena;
}

/* By its id, by the sender's reference; where both are told the reference is learnt. */
static void read_placement(struct reading *r)
{
        char *cell = row_cell(&r->row, PLACEMENT), *reference = row_cell(&r->row, REFERENCE);
        uint8_t *hash = arena_alloc(arena_of(r), HOURS_REFERENCE_SIZE);
        struct slice key = slice_of(hash, HOURS_REFERENCE_SIZE);
        Tracking__HoursSource source = TRACKING__HOURS_SOURCE__INIT;
        struct id id;

        if (cell == NULL && reference == NULL) {
                row_wrong(&r->row, r->list->intake.columns.of[PLACEMENT] >= 0 ? PLACEMENT : REFERENCE, "",
                          "Le parcours manque : écrivez son identifiant, ou votre référence.");
                return;
        }
        if (cell != NULL && id_parse(cell, &id) != 0) {
                row_wrong(&r->row, PLACEMENT, cell,
                          "Identifiant de parcours non compris : copiez-le du parcours, 36 caractères, comme "
                          "« 0192f0c1-7a3b-7001-8f00-0123456789ab ».");
                return;
        }
        if (reference != NULL)
                hours_reference_hash(r->list->sender, reference, hash);
        if (cell == NULL && !hours_reference_find(r->list->intake.work->txn, r->list->sender, key, &id)) {
                row_wrong(&r->row, REFERENCE, reference,
                          "Cette référence n'est pas encore connue : ajoutez une fois l'identifiant du parcours dans "
                          "une colonne « parcours ».");
                return;
        }
        r->command->placement_id = id_to(arena_of(r), id);
        if (cell == NULL || reference == NULL)
                return;
        source.sender = id_to(arena_of(r), r->list->sender);
        source.reference = pb_bytes(key);
        r->to->source = pb_encode(&source, arena_of(r));
}

static void read_month(struct reading *r)
{
        char *cell = row_cell(&r->row, MONTH);
        struct month month;
        r->command->month = r->list->month;
        if (cell == NULL && r->list->month == NULL)
                row_wrong(&r->row, MONTH, "", "Le mois manque : écrivez « 11/2026 », ou « novembre 2026 ».");
        else if (cell != NULL && !cell_month(cell, &month))
                row_wrong(&r->row, MONTH, cell,
                          "Mois non compris : écrivez « 11/2026 », ou « novembre 2026 », avec l'année.");
        else if (cell != NULL)
                r->command->month = month_to(arena_of(r), month);
}

static void read_hours(struct reading *r)
{
        char *cell = row_cell(&r->row, HOURS);
        struct hours hours;
        if (cell == NULL)
                row_wrong(&r->row, HOURS, "", "Les heures manquent : écrivez-les, ou 0 s'il n'y en a pas eu.");
        else if (!cell_hours(cell, &hours))
                row_wrong(&r->row, HOURS, cell, "Heures non comprises : écrivez « 151,67 », ou « 151h40 ».");
        else
                r->command->hours = hours_to(arena_of(r), hours);
}

/* Besides the hours; a list without the column leaves what stands. */
static void read_training(struct reading *r)
{
        char *cell = row_cell(&r->row, TRAINING);
        struct hours hours;
        if (cell != NULL && !cell_hours(cell, &hours))
                row_wrong(&r->row, TRAINING, cell, "Heures non comprises : écrivez « 14 », ou « 10h30 ».");
        else if (cell != NULL)
                r->command->training = hours_to(arena_of(r), hours);
}

static void keep_training(struct reading *r)
{
        const struct submission *submission = &r->to->submission;
        if (r->command->training == NULL && submission->is_known && submission->before.training_hundredths > 0)
                r->command->training =
                        hours_to(arena_of(r), hours_of_hundredths(submission->before.training_hundredths));
}

/* ---- what it would do */

/* Where the rule says no, at the cell that is at fault. */
static void refuse_row(struct reading *r, const struct refusal *refusal)
{
        intake_refuse_row(&r->list->intake, &r->row, refusal,
                          row_cell(&r->row, PLACEMENT) != NULL ? PLACEMENT : REFERENCE);
}

/* Security: of another's placement a row learns what it would of none. */
static bool is_theirs(const struct reading *r, struct refusal *ret_refusal)
{
        const struct placement *placement = &r->to->submission.placement;
        if (!scope_states_hours(r->list->intake.work, placement))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "placement_id",
                              "Ce parcours n'existe pas ici : vérifiez son identifiant.");
        return id_equal(placement->employer, r->list->sender) || id_equal(placement->host, r->list->sender) ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "placement_id",
                      "Ce parcours n'est ni employé ni accueilli par l'organisation dont c'est la liste : retirez la "
                      "ligne.");
}

/* Whether the figure that stands was told by a list of the same sender, which may correct it. */
static bool is_of_sender(const struct reading *r, uint64_t number)
{
        const struct intake *intake = &r->list->intake;
        const Tracking__Event *event = batch_told(intake->work, number, &tracking__event__descriptor, NULL);
        return event->body_case == TRACKING__EVENT__BODY_HOURS_SUBMITTED &&
               intake_is_of_sender(intake, event->hours_submitted->batch_id);
}

static bool fits_split(const struct work *work, const Tracking__SubmitHours *command, struct refusal *ret)
{
        return split_allows(work, id_of(command->placement_id), month_of(command->month),
                            hours_hundredths(hours_of(command->hours)) + hours_hundredths(hours_of(command->training)),
                            ret);
}

static Types__RowOutcome outcome_of(struct reading *r)
{
        struct submission *submission = &r->to->submission;
        struct refusal refusal;

        if (r->row.error_count > 0)
                return TYPES__ROW_OUTCOME__ROW_REJECTED;
        bool is_sound = validate_message(&r->command->base, r->list->intake.work->today, &refusal) &&
                        submission_find(r->list->intake.work, r->command, submission, &refusal) &&
                        is_theirs(r, &refusal);
        keep_training(r);
        if (is_sound && submission_is_same(submission))
                return TYPES__ROW_OUTCOME__ROW_UNCHANGED;
        if (!is_sound || !submission_may_be_made(r->list->intake.work, submission, &refusal) ||
            !fits_split(r->list->intake.work, r->command, &refusal)) {
                refuse_row(r, &refusal);
                return TYPES__ROW_OUTCOME__ROW_REJECTED;
        }
        if (!submission->is_known)
                return TYPES__ROW_OUTCOME__ROW_CREATED;
        return is_of_sender(r, submission->before.stated) ? TYPES__ROW_OUTCOME__ROW_UPDATED
                                                          : TYPES__ROW_OUTCOME__ROW_DOUBTFUL;
}

static void warn_row(const struct reading *r, struct judged *judged)
{
        const struct findings *findings = &r->to->submission.findings;
        const struct columns *columns = &r->list->intake.columns;
        const char *column = columns->header[columns->of[HOURS]];
        if (judged->outcome == TYPES__ROW_OUTCOME__ROW_REJECTED)
                return;
        judged->warnings = arena_alloc(arena_of(r), (findings->count + 1) * sizeof(*judged->warnings));
        for (size_t i = 0; i < findings->count; i++)
                judged->warnings[judged->warning_count++] =
                        row_error(column, row_cell(&r->row, HOURS), findings->list[i].text, arena_of(r));
}

static void name_row(const struct reading *r, struct judged *judged)
{
        struct arena *arena = arena_of(r);
        const Tracking__SubmitHours *command = r->command;
        char id[ID_TEXT_SIZE];
        judged->id = command->placement_id;
        if (command->month == NULL || command->hours == NULL)
                return;
        judged->title = arena_printf(arena, "%s, %s", french_month(arena, month_of(command->month)),
                                     french_hours(arena, hours_of(command->hours)));
        if (command->placement_id == NULL)
                return;
        id_format(id_of(command->placement_id), id);
        judged->name = arena_printf(arena, "%s %d", id, (int)command->month->months);
}

static void judge_row(struct hours_list *list, size_t index)
{
        struct work *work = list->intake.work;
        struct reading r = {
                .list = list,
                .to = &list->rows[index],
                .row = row_begin(&list->intake.rows, list->intake.sent->rows[index], work->arena),
                .command = pb_new(&tracking__submit_hours__descriptor, work->arena),
        };
        struct judged judged = {.outcome = TYPES__ROW_OUTCOME__ROW_EMPTY};
        if (row_count_told(&r.row) > 0) {
                read_placement(&r);
                read_month(&r);
                read_hours(&r);
                read_training(&r);
                judged.outcome = outcome_of(&r);
                warn_row(&r, &judged);
                name_row(&r, &judged);
        }
        judged.errors = r.row.errors;
        judged.error_count = r.row.error_count;
        r.to->is_taken = intake_judge(&list->intake, index, &judged);
}

bool hours_list_judge(struct work *work, const struct hours_question *question, struct hours_list *ret,
                      struct refusal *ret_refusal)
{
        if (!open_list(work, question, ret, ret_refusal))
                return false;
        size_t count = ret->intake.sent->n_rows;
        ret->rows = arena_zalloc(work->arena, (count + 1) * sizeof(*ret->rows));
        for (size_t i = 0; i < count; i++)
                judge_row(ret, i);
        return true;
}
