#include "common/base/local_time.h"
#include "services/reporting/projections/persons.h"
#include "services/reporting/projections/projections.h"
#include "services/reporting/projections/taking.h"
#include "services/reporting/projections/worked.h"
#include "services/reporting/store.h"
#include "tracking/events.pb-c.h"

/* The hottest of the projections: a validated month touches five rows. Work under a private contract counts in that
 * contract's own statement, and in no sum that others read. */

static uint32_t modality_of(uint32_t modality)
{
        return modality < MODALITIES ? modality : 0;
}

/* Counts a placement in (sign 1) or out (-1) of the year in which it began. */
static void count_placement(struct taking *taking, const Types__Day *starts_on, const char *territory,
                            uint32_t modality, int32_t sign)
{
        struct activity activity;
        uint32_t year = year_of_day(day_of(starts_on));
        struct key scope = scope_key(year, territory);
        row_get(taking->txn, T_ACTIVITY, &scope, &activity, sizeof(activity));
        activity.placements[modality] += (uint32_t)sign;
        row_put(taking->txn, T_ACTIVITY, &scope, &activity, sizeof(activity));
        take_sums(taking, T_ACTIVITY_MONTH, year, territory, &(struct counted){.placements = sign});
}

static void count_again(struct txn *txn, const Tracking__CountedEnd *end, int32_t sign);

static void open_placement(struct taking *taking, const Tracking__PlacementOpened *opened)
{
        count_again(taking->txn, opened->continued_end, -1);
        uint32_t modality = modality_of(opened->modality);
        struct id obligation = id_of(opened->obligation_id);
        struct key key = key_of_id(obligation);
        struct work_done work;
        row_get(taking->txn, T_WORK, &key, &work, sizeof(work));
        work.placements[modality]++;
        row_put(taking->txn, T_WORK, &key, &work, sizeof(work));

        struct worker worker;
        key_id(&key, id_of(opened->beneficiary_id));
        row_get(taking->txn, T_WORKER, &key, &worker, sizeof(worker));
        worker.placements[modality]++;
        row_put(taking->txn, T_WORKER, &key, &worker, sizeof(worker));
        take_work(taking, obligation,
                  (struct work_change){.beneficiary = id_of(opened->beneficiary_id),
                                       .placements = 1,
                                       .modality = modality,
                                       .day = day_number(day_of(opened->starts_on))});

        if (!opened->is_private)
                count_placement(taking, opened->starts_on, opened->territory, modality, 1);
}

/* A first day that was entered wrongly may count in another year. */
static void change_placement(struct taking *taking, const Tracking__PlacementChanged *changed)
{
        if (changed->is_private)
                return;
        uint32_t modality = modality_of(changed->modality);
        count_placement(taking, changed->started_on, changed->territory, modality, -1);
        count_placement(taking, changed->terms->starts_on, changed->territory, modality, 1);
}

/* --- hours ----------------------------------------------------------------------------------------------------------
 */

#define CAUSE(name) REPORTING__CHANGE_CAUSE__##name

static void validate_hours(struct taking *taking, const Tracking__HoursValidated *validated)
{
        const struct worked worked = {
                .obligation_id = validated->obligation_id,
                .person = id_of(validated->beneficiary_id),
                .month = month_of(validated->month),
                .modality = modality_of(validated->modality),
                .territory = validated->territory,
                .is_private = validated->is_private,
                .on = validated->validated_on,
        };
        worked_count(taking, &worked,
                     hours_hundredths(hours_of(validated->hours)) - hours_hundredths(hours_of(validated->replaced)));
}

/* Of an invoice, whose month is that of its day. `on`: on which it was found; NULL: when it was recorded. */
static struct worked converted_of(const Types__Day *dated, const Types__Day *on)
{
        return (struct worked){.month = month_of_day(day_of(dated)), .on = on};
}

static void convert_invoice(struct taking *taking, const Tracking__InvoiceConverted *body)
{
        struct worked now = converted_of(body->dated, body->dated);
        now.obligation_id = body->obligation_id;
        now.territory = body->territory;
        now.is_private = body->is_private;
        converted_count(taking, &now, hours_hundredths(hours_of(body->hours)));
}

/* The month may be another one. */
static void correct_invoice(struct taking *taking, const Tracking__InvoiceCorrected *body)
{
        struct worked was = converted_of(body->was->dated, body->corrected_on);
        was.obligation_id = body->obligation_id;
        was.territory = body->territory;
        was.is_private = body->is_private;
        struct worked now = was;
        now.month = month_of_day(day_of(body->now->dated));
        converted_count(taking, &was, -hours_hundredths(hours_of(body->was->hours)));
        converted_count(taking, &now, hours_hundredths(hours_of(body->now->hours)));
}

static void cancel_invoice(struct taking *taking, const Tracking__InvoiceCancelled *body)
{
        struct worked was = converted_of(body->was->dated, body->cancelled_on);
        was.obligation_id = body->obligation_id;
        was.territory = body->territory;
        was.is_private = body->is_private;
        converted_count(taking, &was, -hours_hundredths(hours_of(body->was->hours)));
}

/* Of a placement that ended: where its outcomes are counted. */
struct ended {
        const Types__Day *ended_on;
        const char *territory;
};

static void count_outcome(struct txn *txn, const struct ended *ended, uint32_t outcome, int32_t sign)
{
        struct activity activity;
        struct key scope = scope_key(year_of_day(day_of(ended->ended_on)), ended->territory);
        row_get(txn, T_ACTIVITY, &scope, &activity, sizeof(activity));
        if (outcome < OUTCOMES)
                activity.outcomes[outcome] += (uint32_t)sign;
        row_put(txn, T_ACTIVITY, &scope, &activity, sizeof(activity));
}

/* What was told of one of the three moments: an outcome, or that nobody was reached; nothing counts nowhere. */
static void count_told(struct txn *txn, const struct ended *ended, const Tracking__OutcomeAt *at, int32_t sign)
{
        struct told told;
        struct key scope = scope_key(year_of_day(day_of(ended->ended_on)), ended->territory);
        uint32_t outcome = (uint32_t)at->outcome;
        if (!at->not_reached && (outcome == 0 || outcome >= OUTCOMES))
                return;
        key_u32(&scope, (uint32_t)at->at);
        row_get(txn, T_OUTCOMES, &scope, &told, sizeof(told));
        if (at->not_reached)
                told.not_reached += (uint32_t)sign;
        else
                told.outcomes[outcome] += (uint32_t)sign;
        row_put(txn, T_OUTCOMES, &scope, &told, sizeof(told));
}

/* An end, with what it told. */
static void count_end(struct txn *txn, const struct ended *ended, const Tracking__OutcomeAt *exit, int32_t sign)
{
        count_outcome(txn, ended, (uint32_t)exit->outcome, sign);
        count_told(txn, ended, exit, sign);
}

static void end_placement(struct txn *txn, const Tracking__PlacementEnded *body)
{
        const struct ended ended = {body->ended_on, body->territory};
        Tracking__OutcomeAt exit = TRACKING__OUTCOME_AT__INIT;
        exit.at = TRACKING__OUTCOME_MOMENT__AT_EXIT;
        exit.outcome = body->outcome;
        if (!body->is_private && !body->is_continued)
                count_end(txn, &ended, &exit, 1);
}

/* Of a placement that another one continues from now on (-1), or does no more: its end is none, or is one again. */
static void count_again(struct txn *txn, const Tracking__CountedEnd *end, int32_t sign)
{
        if (end == NULL || end->is_private)
                return;
        const struct ended ended = {end->ended_on, end->territory};
        count_end(txn, &ended, end->exit, sign);
        for (size_t i = 0; i < end->n_later; i++)
                count_told(txn, &ended, end->later[i], sign);
}

/* The year may be another one: what was told later moves with the end. */
static void correct_end(struct txn *txn, const Tracking__PlacementEndCorrected *body)
{
        const struct ended was = {body->was_ended_on, body->territory}, ended = {body->ended_on, body->territory};
        if (body->is_private || body->is_continued)
                return;
        count_end(txn, &was, body->was, -1);
        count_end(txn, &ended, body->now, 1);
        for (size_t i = 0; i < body->n_later; i++) {
                count_told(txn, &was, body->later[i], -1);
                count_told(txn, &ended, body->later[i], 1);
        }
}

static void link_placement(struct txn *txn, const Tracking__PlacementLinked *body)
{
        count_again(txn, body->taken_out, -1);
        count_again(txn, body->put_back, 1);
}

static void reopen_placement(struct txn *txn, const Tracking__PlacementReopened *body)
{
        const struct ended was = {body->was_ended_on, body->territory};
        if (body->is_private)
                return;
        count_end(txn, &was, body->was, -1);
        for (size_t i = 0; i < body->n_later; i++)
                count_told(txn, &was, body->later[i], -1);
}

static void record_outcome(struct txn *txn, const Tracking__OutcomeRecorded *body)
{
        const struct ended ended = {body->ended_on, body->territory};
        if (body->is_private)
                return;
        if (body->now->at == TRACKING__OUTCOME_MOMENT__AT_EXIT) {
                count_outcome(txn, &ended, body->replaced == NULL ? 0 : (uint32_t)body->replaced->outcome, -1);
                count_outcome(txn, &ended, (uint32_t)body->now->outcome, 1);
        }
        if (body->replaced != NULL)
                count_told(txn, &ended, body->replaced, -1);
        count_told(txn, &ended, body->now, 1);
}

/* --- the kind of a contract was set right: tracking tells again what was counted of a placement, or was not
 * ----------------------------------------------------------------------------------------------------------------- */

static void reclassify_end(struct txn *txn, const Tracking__PlacementReclassified *body, int32_t sign)
{
        const struct ended ended = {body->ended_on, body->territory};
        Tracking__OutcomeAt exit = TRACKING__OUTCOME_AT__INIT;
        exit.at = TRACKING__OUTCOME_MOMENT__AT_EXIT;
        exit.outcome = body->outcome;
        count_end(txn, &ended, &exit, sign);
        for (size_t i = 0; i < body->n_later; i++)
                count_told(txn, &ended, body->later[i], sign);
}

static void reclassify_placement(struct taking *taking, const Tracking__PlacementReclassified *body)
{
        uint32_t modality = modality_of(body->modality);
        int32_t sign = body->is_private ? -1 : 1;
        count_placement(taking, body->starts_on, body->territory, modality, sign);
        if (body->ended_on != NULL && !body->is_continued)
                reclassify_end(taking->txn, body, sign);
        for (size_t i = 0; i < body->n_months; i++) {
                const struct worked worked = {.person = id_of(body->beneficiary_id),
                                              .month = month_of(body->months[i]->month),
                                              .modality = modality,
                                              .territory = body->territory};
                worked_count_in_public(taking, &worked, sign * hours_hundredths(hours_of(body->months[i]->hours)));
        }
}

static void reclassify_invoice(struct taking *taking, const Tracking__InvoiceReclassified *body)
{
        int64_t hundredths = hours_hundredths(hours_of(body->hours));
        struct worked converted = converted_of(body->dated, NULL);
        converted.territory = body->territory;
        converted_count_in_public(taking, &converted, body->is_private ? -hundredths : hundredths);
}

/* ---- files of one person */

static void merge_persons(struct taking *taking, const Tracking__PersonsMerged *body)
{
        persons_link(taking->txn, taking->arena, id_of(body->beneficiary_id), id_of(body->into), 1);
}

static void unmerge_persons(struct taking *taking, const Tracking__PersonsUnmerged *body)
{
        persons_link(taking->txn, taking->arena, id_of(body->beneficiary_id), id_of(body->from), -1);
}

static void explain(struct taking *taking, const Tracking__Event *body)
{
        switch ((int)body->body_case) {
        case TRACKING__EVENT__BODY_PLACEMENT_OPENED:
        case TRACKING__EVENT__BODY_PLACEMENT_CHANGED: taking->cause = CAUSE(PLACEMENT_COUNTED); return;
        case TRACKING__EVENT__BODY_HOURS_VALIDATED:
                taking->cause =
                        body->hours_validated->replaced == NULL ? CAUSE(MONTH_VALIDATED) : CAUSE(MONTH_CORRECTED);
                return;
        case TRACKING__EVENT__BODY_INVOICE_CONVERTED: taking->cause = CAUSE(INVOICE_COUNTED); return;
        case TRACKING__EVENT__BODY_INVOICE_CORRECTED: taking->cause = CAUSE(INVOICE_SET_RIGHT); return;
        case TRACKING__EVENT__BODY_INVOICE_CANCELLED: taking->cause = CAUSE(INVOICE_STRUCK); return;
        case TRACKING__EVENT__BODY_PLACEMENT_RECLASSIFIED:
        case TRACKING__EVENT__BODY_INVOICE_RECLASSIFIED: taking->cause = CAUSE(KIND_SET_RIGHT); return;
        default: return; /* changes no sum that is kept by its cause */
        }
}

void project_tracking(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Tracking__Event *body = event->body;
        struct taking of = {.txn = txn, .arena = arena, .event = event}, *taking = &of;
        explain(taking, body);
        switch (body->body_case) {
        case TRACKING__EVENT__BODY_PLACEMENT_OPENED: open_placement(taking, body->placement_opened); return;
        case TRACKING__EVENT__BODY_PLACEMENT_CHANGED: change_placement(taking, body->placement_changed); return;
        case TRACKING__EVENT__BODY_HOURS_VALIDATED: validate_hours(taking, body->hours_validated); return;
        case TRACKING__EVENT__BODY_INVOICE_CONVERTED: convert_invoice(taking, body->invoice_converted); return;
        case TRACKING__EVENT__BODY_INVOICE_CORRECTED: correct_invoice(taking, body->invoice_corrected); return;
        case TRACKING__EVENT__BODY_INVOICE_CANCELLED: cancel_invoice(taking, body->invoice_cancelled); return;
        case TRACKING__EVENT__BODY_PLACEMENT_LINKED: link_placement(txn, body->placement_linked); return;
        case TRACKING__EVENT__BODY_PLACEMENT_ENDED: end_placement(txn, body->placement_ended); return;
        case TRACKING__EVENT__BODY_PLACEMENT_END_CORRECTED: correct_end(txn, body->placement_end_corrected); return;
        case TRACKING__EVENT__BODY_PLACEMENT_REOPENED: reopen_placement(txn, body->placement_reopened); return;
        case TRACKING__EVENT__BODY_OUTCOME_RECORDED: record_outcome(txn, body->outcome_recorded); return;
        case TRACKING__EVENT__BODY_PLACEMENT_RECLASSIFIED:
                reclassify_placement(taking, body->placement_reclassified);
                return;
        case TRACKING__EVENT__BODY_INVOICE_RECLASSIFIED: reclassify_invoice(taking, body->invoice_reclassified); return;
        case TRACKING__EVENT__BODY_PERSONS_MERGED: merge_persons(taking, body->persons_merged); return;
        case TRACKING__EVENT__BODY_PERSONS_UNMERGED: unmerge_persons(taking, body->persons_unmerged); return;
        case TRACKING__EVENT__BODY_HOURS_SUBMITTED: /* hours count when they are validated */
        case TRACKING__EVENT__BODY_HOURS_TAKEN_BACK:
        case TRACKING__EVENT__BODY_HOURS_RETURNED:
        case TRACKING__EVENT__BODY_HOURS_SET_TO_CHECK:
        case TRACKING__EVENT__BODY_HOURS_SPLIT:
        case TRACKING__EVENT__BODY_CONTACT_RECORDED ... TRACKING__EVENT__BODY_ACTION_MOVED:
        case TRACKING__EVENT__BODY_CONTROL_DRAWN ... TRACKING__EVENT__BODY_CONTROL_REOPENED:
        case TRACKING__EVENT__BODY_BATCH_IMPORTED:
        case TRACKING__EVENT__BODY_BATCH_UNDONE:
        case TRACKING__EVENT__BODY_BENEFICIARY_REFERRED:
        case TRACKING__EVENT__BODY_BENEFICIARY_FILE_OPENED:
        case TRACKING__EVENT__BODY_ELIGIBILITY_DECIDED:
        case TRACKING__EVENT__BODY_ELIGIBILITY_PROPOSED:
        case TRACKING__EVENT__BODY_ELIGIBILITY_TURNED_DOWN:
        case TRACKING__EVENT__BODY_ELIGIBILITY_SUSPENDED:
        case TRACKING__EVENT__BODY_ELIGIBILITY_RESUMED:
        case TRACKING__EVENT__BODY_ELIGIBILITY_STRUCK:
        case TRACKING__EVENT__BODY_PROOF_SEEN:
        case TRACKING__EVENT__BODY_PROOF_WITHDRAWN:
        case TRACKING__EVENT__BODY_DOCUMENT_ATTACHED:
        case TRACKING__EVENT__BODY_DOCUMENT_REMOVED:
        case TRACKING__EVENT__BODY_DOCUMENT_OPENED:
        case TRACKING__EVENT__BODY_FILE_EXPORTED:
        case TRACKING__EVENT__BODY_IDENTITY_RECTIFIED:
        case TRACKING__EVENT__BODY_RESTRICTION_CHANGED:
        case TRACKING__EVENT__BODY_RETENTION_LOOKED:
        case TRACKING__EVENT__BODY_PROPOSAL_MADE: /* what is counted begins with a placement */
        case TRACKING__EVENT__BODY_PROPOSAL_MOVED:
        case TRACKING__EVENT__BODY_PROPOSAL_CORRECTED:
        case TRACKING__EVENT__BODY_PROPOSAL_COMPANY_CHANGED:
        case TRACKING__EVENT__BODY_EMPLOYER_REFERENCE_SET: /* between an employer and those who follow her */
        case TRACKING__EVENT__BODY_PROFESSIONAL_NAMED:
        case TRACKING__EVENT__BODY_NAMING_WITHDRAWN:
        case TRACKING__EVENT__BODY_PRESENCE_STATED: /* what is counted is an end, and nobody has ended it */
        case TRACKING__EVENT__BODY_PRESENCE_WITHDRAWN:
        case TRACKING__EVENT__BODY_RELOCATION_PROPOSED:
        case TRACKING__EVENT__BODY_RELOCATION_ENDED:
        case TRACKING__EVENT__BODY_BENEFICIARY_RELOCATED: /* her work counts where it was done */
        case TRACKING__EVENT__BODY_IDENTITY_KEYED:
        case TRACKING__EVENT__BODY_PERSON_SOUGHT:
        case TRACKING__EVENT__BODY_PERSONS_KEPT_APART:
        case TRACKING__EVENT__BODY_BENEFICIARY_ERASED: /* what was counted of her is without a name */
        /* who changes her partition is counted where she was */
        case TRACKING__EVENT__BODY_PART_MOVE_BEGUN ... TRACKING__EVENT__BODY_PART_CLOSED:
        case TRACKING__EVENT__BODY_CHANGED_BY_ANOTHER: /* told to accounts, counted by nobody */
        case TRACKING__EVENT__BODY__NOT_SET:           /* a later version's event */
        case _TRACKING__EVENT__BODY__CASE_IS_INT_SIZE: return;
        }
}
