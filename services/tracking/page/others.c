#include "services/tracking/page/others.h"

#include "common/base/french.h"
#include "common/base/require.h"
#include "common/store/eventlog.h"
#include "common/store/stored.h"
#include "services/tracking/controls/control.h"
#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/hours/history.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/proposals/proposals_access.h"
#include "services/tracking/proposals/proposals_rows.h"
#include "tracking/events.pb-c.h"

/* The event that stood. */
static const Tracking__Event *event_before(struct work *work, uint64_t number, int64_t *ret_at_ms)
{
        struct log_entry entry;
        require_stored(log_get(work->txn, number, &entry)); /* the row says so */
        const Wire__EventRecord *record = pb_decode(&wire__event_record__descriptor, entry.record, work->arena);
        require_stored(record != NULL);
        *ret_at_ms = record->at_ms;
        const Tracking__Event *event = pb_decode(&tracking__event__descriptor, pb_slice(record->body), work->arena);
        require_stored(event != NULL);
        return event;
}

static char *file_of(struct work *work, const Types__Id *id)
{
        char *text = arena_alloc(work->arena, ID_TEXT_SIZE);
        id_format(id_of(id), text);
        return text;
}

static void put_territory(struct work *work, Types__ChangedByAnother *change, char *territory)
{
        change->territories = arena_alloc(work->arena, sizeof(char *));
        change->territories[0] = territory;
        change->n_territories = 1;
        change->is_local = true; /* persons are accompanied in their territory */
}

/* ---- hours */

static char *told_hours(struct work *work, const Types__Hours *hours, const char *what)
{
        return arena_printf(work->arena, "%s %s", french_hours(work->arena, hours_of(hours)), what);
}

/* What stood, and NULL where the event before says no figure. */
static const Types__Hours *stood(const Tracking__Event *before, const char **ret_what)
{
        *ret_what = "déclarées";
        switch (before->body_case) {
        case TRACKING__EVENT__BODY_HOURS_SUBMITTED: return before->hours_submitted->hours;
        case TRACKING__EVENT__BODY_HOURS_RETURNED: *ret_what = "renvoyées"; return before->hours_returned->hours;
        case TRACKING__EVENT__BODY_HOURS_SET_TO_CHECK:
                *ret_what = "à revérifier";
                return before->hours_set_to_check->hours;
        case TRACKING__EVENT__BODY_HOURS_VALIDATED: *ret_what = "validées"; return before->hours_validated->hours;
        default: return NULL;
        }
}

enum { PARTNERS_MAX = 2 };

/* Zero: there is none. */
static void put_partners(struct work *work, Types__ChangedByAnother *change, const struct id partners[PARTNERS_MAX])
{
        change->organisation_ids = arena_alloc(work->arena, PARTNERS_MAX * sizeof(Types__Id *));
        for (size_t i = 0; i < PARTNERS_MAX; i++)
                if (!id_is_zero(partners[i]))
                        change->organisation_ids[change->n_organisation_ids++] = id_to(work->arena, partners[i]);
}

/* Employer and host read the hours of their placement. */
static void put_placement_partners(struct work *work, Types__ChangedByAnother *change, const Types__Id *placement_id)
{
        struct placement placement;
        if (!tracking_placement(work->txn, id_of(placement_id), &placement))
                return;
        const Tracking__ObligationCopy *obligation = tracking_obligation(work->txn, placement.obligation, work->arena);
        const struct id partners[PARTNERS_MAX] = {placement.employer, placement.host};
        change->about_contract = obligation == NULL ? NULL : obligation->contract_id;
        put_territory(work, change, arena_text(work->arena, placement.territory));
        put_partners(work, change, partners);
}

static void tell_month(struct work *work, const Types__Id *placement_id, const Types__Month *month,
                       const Tracking__Event *before, Types__ChangedByAnother *change)
{
        const char *what;
        const Types__Hours *hours = stood(before, &what);
        change->thing = arena_printf(work->arena, "les heures de %s du parcours %s",
                                     french_month(work->arena, month_of(month)), file_of(work, placement_id));
        if (hours != NULL)
                change->before = told_hours(work, hours, what);
        put_placement_partners(work, change, placement_id);
}

/* Training may count too: what counts of the statement is told by the event itself. */
static bool is_as_stated(const Tracking__HoursValidated *validated, const Tracking__Event *before)
{
        const char *what;
        const Types__Hours *declared = validated->declared != NULL ? validated->declared : stood(before, &what);
        return validated->replaced == NULL &&
               hours_hundredths(hours_of(declared)) == hours_hundredths(hours_of(validated->hours));
}

static const char *told_doubt(struct work *work, const Tracking__HoursSetToCheck *set)
{
        if (set->cause == TRACKING__CHECK_CAUSE__CHECK_EVIDENCE)
                return "à revérifier : un contrôle ne les a pas trouvées justifiées";
        if (set->cause == TRACKING__CHECK_CAUSE__CHECK_DATES)
                return "à revérifier : les dates du parcours ont changé";
        return arena_printf(work->arena, "à revérifier : le parcours a pris fin le %s",
                            french_day(work->arena, day_of(set->ended_on)));
}

/* False: she vouched for what was stated, which is what was asked of her. */
static bool tell_hours(struct work *work, const Tracking__Event *event, const Tracking__Event *before,
                       Types__ChangedByAnother *change)
{
        if (event->body_case == TRACKING__EVENT__BODY_HOURS_RETURNED) {
                const Tracking__HoursReturned *returned = event->hours_returned;
                tell_month(work, returned->placement_id, returned->month, before, change);
                change->after = arena_text(work->arena, "renvoyées, à déclarer de nouveau");
                change->reason = arena_text(work->arena, hours_return_label(work, returned->return_code));
        } else if (event->body_case == TRACKING__EVENT__BODY_HOURS_SET_TO_CHECK) {
                const Tracking__HoursSetToCheck *set = event->hours_set_to_check;
                tell_month(work, set->placement_id, set->month, before, change);
                change->after = arena_text(work->arena, told_doubt(work, set));
        } else {
                const Tracking__HoursValidated *validated = event->hours_validated;
                if (is_as_stated(validated, before))
                        return false;
                tell_month(work, validated->placement_id, validated->month, before, change);
                change->after = told_hours(work, validated->hours, "validées");
                if (validated->explained)
                        change->reason = arena_text(work->arena, "dit dans l'historique de ce mois");
        }
        return true;
}

/* ---- eligibility: what the published event tells of it */

static char *told_until(struct work *work, const char *what, const Types__Day *until)
{
        if (until == NULL)
                return arena_printf(work->arena, "%s : non éligible", what);
        return arena_printf(work->arena, "%s : éligible jusqu'au %s", what, french_day(work->arena, day_of(until)));
}

/* What a published event tells of it; NULL: nothing, it is of another kind. */
static char *told_eligibility(struct work *work, const Tracking__Event *event)
{
        switch ((int)event->body_case) {
        case TRACKING__EVENT__BODY_ELIGIBILITY_SUSPENDED:
                return told_until(work, "suspendue", event->eligibility_suspended->valid_until);
        case TRACKING__EVENT__BODY_ELIGIBILITY_RESUMED:
                return told_until(work, "suspension levée", event->eligibility_resumed->valid_until);
        case TRACKING__EVENT__BODY_ELIGIBILITY_STRUCK:
                return told_until(work, "décision annulée", event->eligibility_struck->valid_until);
        case TRACKING__EVENT__BODY_ELIGIBILITY_DECIDED: break;
        default: return NULL;
        }
        const Tracking__EligibilityDecided *decided = event->eligibility_decided;
        if (!decided->eligible)
                return arena_text(work->arena, "non éligible");
        if (decided->valid_until == NULL)
                return arena_text(work->arena, "éligible");
        return arena_printf(work->arena, "éligible jusqu'au %s", french_day(work->arena, day_of(decided->valid_until)));
}

/* Of whom, and where: NULL, it is of another kind. */
static const Types__Id *person_of(const Tracking__Event *event, char **ret_territory)
{
        switch ((int)event->body_case) {
        case TRACKING__EVENT__BODY_ELIGIBILITY_SUSPENDED:
                *ret_territory = event->eligibility_suspended->territory;
                return event->eligibility_suspended->beneficiary_id;
        case TRACKING__EVENT__BODY_ELIGIBILITY_RESUMED:
                *ret_territory = event->eligibility_resumed->territory;
                return event->eligibility_resumed->beneficiary_id;
        case TRACKING__EVENT__BODY_ELIGIBILITY_STRUCK:
                *ret_territory = event->eligibility_struck->territory;
                return event->eligibility_struck->beneficiary_id;
        case TRACKING__EVENT__BODY_ELIGIBILITY_DECIDED:
                *ret_territory = event->eligibility_decided->territory;
                return event->eligibility_decided->beneficiary_id;
        default: return NULL;
        }
}

/* False: the event is not about eligibility. */
static bool tell_eligibility(struct work *work, const Tracking__Event *event, const Tracking__Event *before,
                             Types__ChangedByAnother *change)
{
        char *territory;
        const Types__Id *person = person_of(event, &territory);
        if (person == NULL)
                return false;
        change->thing = arena_printf(work->arena, "l'éligibilité du dossier %s", file_of(work, person));
        change->before = told_eligibility(work, before);
        change->after = told_eligibility(work, event);
        put_territory(work, change, territory);
        return true;
}

/* ---- ends and outcomes */

static const char *told_outcome(Tracking__Outcome outcome, bool not_reached)
{
        static const char *const names[] = {"issue non connue", "emploi durable", "emploi de transition",
                                            "sortie positive",  "autre sortie",   "hors du calcul"};
        if (not_reached)
                return "personne non jointe";
        return (size_t)outcome < sizeof(names) / sizeof(*names) ? names[outcome] : names[0];
}

static char *told_end(struct work *work, const Types__Day *ended_on, const char *outcome)
{
        return arena_printf(work->arena, "terminé le %s, %s", french_day(work->arena, day_of(ended_on)), outcome);
}

/* Whatever was told last of it. */
static char *told_of_end(struct work *work, const Tracking__Event *event)
{
        switch ((int)event->body_case) {
        case TRACKING__EVENT__BODY_PLACEMENT_ENDED:
                return told_end(work, event->placement_ended->ended_on,
                                told_outcome(event->placement_ended->outcome, false));
        case TRACKING__EVENT__BODY_PLACEMENT_END_CORRECTED:
                return told_end(work, event->placement_end_corrected->ended_on,
                                told_outcome(event->placement_end_corrected->now->outcome,
                                             event->placement_end_corrected->now->not_reached));
        case TRACKING__EVENT__BODY_OUTCOME_RECORDED:
                return arena_text(work->arena, told_outcome(event->outcome_recorded->now->outcome,
                                                            event->outcome_recorded->now->not_reached));
        }
        return arena_text(work->arena, "en cours");
}

static bool tell_end(struct work *work, const Tracking__Event *event, const Tracking__Event *before,
                     Types__ChangedByAnother *change)
{
        const Types__Id *placement;
        char *territory;
        const char *thing = "la fin";
        switch ((int)event->body_case) {
        case TRACKING__EVENT__BODY_PLACEMENT_END_CORRECTED:
                placement = event->placement_end_corrected->placement_id;
                territory = event->placement_end_corrected->territory;
                break;
        case TRACKING__EVENT__BODY_PLACEMENT_REOPENED:
                placement = event->placement_reopened->placement_id;
                territory = event->placement_reopened->territory;
                break;
        case TRACKING__EVENT__BODY_OUTCOME_RECORDED:
                placement = event->outcome_recorded->placement_id;
                territory = event->outcome_recorded->territory;
                thing = "l'issue";
                break;
        default: return false;
        }
        change->thing = arena_printf(work->arena, "%s du parcours %s", thing, file_of(work, placement));
        change->before = told_of_end(work, before);
        change->after = told_of_end(work, event);
        put_territory(work, change, territory);
        return true;
}

/* The first answer replaces none: who recorded the end had left it open. */
static bool is_first_answer(const Tracking__Event *event)
{
        return event->body_case == TRACKING__EVENT__BODY_OUTCOME_RECORDED && event->outcome_recorded->replaced == NULL;
}

/* ---- the terms of a work contract */

static char *told_terms(struct work *work, const Types__Day *ends_on, const Types__Hours *weekly, const char *contract)
{
        const char *until =
                ends_on == NULL ? "sans terme"
                                : arena_printf(work->arena, "jusqu'au %s", french_day(work->arena, day_of(ends_on)));
        return arena_printf(work->arena, "%s %s, %s par semaine", contract, until,
                            french_hours(work->arena, hours_of(weekly)));
}

static void tell_terms(struct work *work, const Tracking__PlacementChanged *changed, const Tracking__Event *before,
                       Types__ChangedByAnother *change)
{
        const Tracking__PlacementTerms *terms = changed->terms;
        change->thing = arena_printf(work->arena, "le contrat du parcours %s", file_of(work, changed->placement_id));
        if (before->body_case == TRACKING__EVENT__BODY_PLACEMENT_CHANGED) {
                const Tracking__PlacementTerms *old = before->placement_changed->terms;
                change->before = told_terms(work, old->ends_on, old->weekly_hours, old->work_contract);
        } else {
                const Tracking__PlacementOpened *old = before->placement_opened;
                change->before = told_terms(work, old->ends_on, old->weekly_hours, old->work_contract);
        }
        change->after = told_terms(work, terms->ends_on, terms->weekly_hours, terms->work_contract);
        put_territory(work, change, changed->territory);
}

/* ---- which placement another one continues */

static char *told_link(struct work *work, const Types__Id *before)
{
        return before == NULL ? arena_text(work->arena, "à la suite d'aucun")
                              : arena_printf(work->arena, "à la suite de %s", file_of(work, before));
}

static void tell_link(struct work *work, const Tracking__PlacementLinked *linked, Types__ChangedByAnother *change)
{
        change->thing = arena_printf(work->arena, "la suite du parcours %s", file_of(work, linked->placement_id));
        change->before = told_link(work, linked->was_placement_id);
        change->after = told_link(work, linked->continues_placement_id);
        put_territory(work, change, linked->territory);
}

/* ---- proposals */

static const Tracking__ProposalStep *step_of(const Tracking__Event *event)
{
        if (event->body_case == TRACKING__EVENT__BODY_PROPOSAL_MADE)
                return event->proposal_made->step;
        if (event->body_case == TRACKING__EVENT__BODY_PLACEMENT_OPENED)
                return event->placement_opened->proposal_step;
        return event->body_case == TRACKING__EVENT__BODY_PROPOSAL_MOVED ? event->proposal_moved->step
                                                                        : event->proposal_corrected->step;
}

static char *told_step(struct work *work, const Tracking__ProposalStep *step)
{
        return arena_printf(work->arena, "%s le %s", proposal_state_word(step->state),
                            french_day(work->arena, day_of(step->happened_on)));
}

/* Its company and its structure read it as long as it is theirs: one that is corrected away from them they do not. */
static void put_proposal_partners(struct work *work, Types__ChangedByAnother *change, const Tracking__ProposalRow *row)
{
        const struct id partners[PARTNERS_MAX] = {id_of(row->company), id_of(row->structure)};
        if (proposal_is_shown_to_partners(row))
                put_partners(work, change, partners);
}

/* False: her prescriber had said it, who is told of each step by a notice. */
static bool tell_proposal(struct work *work, const Tracking__ProposalCorrected *corrected,
                          const Tracking__Event *before, Types__ChangedByAnother *change)
{
        struct id id = id_of(corrected->proposal_id);
        const Tracking__ProposalStep *was = step_of(before);
        const Tracking__ProposalRow *row = tracking_proposal(work->txn, id, work->arena);
        char label[PROPOSAL_LABEL_SIZE];
        if (was == NULL || was->by == TYPES__ROLE__PRESCRIBER || row == NULL)
                return false;
        const Tracking__ObligationCopy *obligation =
                tracking_obligation(work->txn, id_of(row->obligation_id), work->arena);
        proposal_label(id, label);
        change->about_contract = obligation == NULL ? NULL : obligation->contract_id;
        change->thing = arena_printf(work->arena, "l'étape de la proposition %s", label);
        change->before = told_step(work, was);
        change->after = told_step(work, corrected->step);
        put_territory(work, change, corrected->territory);
        put_proposal_partners(work, change, row);
        return true;
}

/* ---- controls */

static void tell_evidence(struct work *work, const Tracking__EvidenceTakenBack *taken_back,
                          Types__ChangedByAnother *change)
{
        change->thing = arena_printf(work->arena, "le justificatif du parcours %s dans un contrôle",
                                     file_of(work, taken_back->placement_id));
        change->before = arena_text(work->arena, evidence_state_word(taken_back->before));
        change->after =
                arena_printf(work->arena, "étape reprise : « %s » de nouveau", evidence_state_word(taken_back->now));
        put_placement_partners(work, change, taken_back->placement_id);
}

static bool tell_control(struct work *work, const Tracking__Event *event, Types__ChangedByAnother *change)
{
        bool is_closed = event->body_case == TRACKING__EVENT__BODY_CONTROL_CLOSED;
        const Types__Id *control = is_closed ? event->control_closed->control_id : event->control_reopened->control_id;
        change->thing = arena_printf(work->arena, "le contrôle sur échantillon %s", file_of(work, control));
        change->before = arena_text(work->arena, is_closed ? "ouvert" : "clos");
        change->after = arena_text(work->arena, !is_closed                                       ? "rouvert"
                                                : event->control_closed->cancellation[0] != '\0' ? "annulé"
                                                                                                 : "clos");
        put_territory(work, change, is_closed ? event->control_closed->territory : event->control_reopened->territory);
        return true;
}

/* ---- invoices */

static char *told_invoice(struct work *work, const Types__Day *dated, const Types__Hours *hours)
{
        return arena_printf(work->arena, "%s, datée du %s", french_hours(work->arena, hours_of(hours)),
                            french_day(work->arena, day_of(dated)));
}

/* Its structure and the company that owes the hours read it. */
static void put_invoice_partners(struct work *work, Types__ChangedByAnother *change, const Types__Id *subcontractor,
                                 const Types__Id *obligation_id)
{
        const Tracking__ObligationCopy *obligation = tracking_obligation(work->txn, id_of(obligation_id), work->arena);
        const struct id owing = obligation == NULL ? (struct id){{0}} : tracking_contractor(work->txn, obligation);
        const struct id partners[PARTNERS_MAX] = {id_of(subcontractor), owing};
        change->about_contract = obligation == NULL ? NULL : obligation->contract_id;
        put_partners(work, change, partners);
}

static void tell_invoice_corrected(struct work *work, const Tracking__InvoiceCorrected *body,
                                   Types__ChangedByAnother *change)
{
        change->thing = arena_printf(work->arena, "la facture %s", body->was->number);
        change->before = told_invoice(work, body->was->dated, body->was->hours);
        change->after = told_invoice(work, body->now->dated, body->now->hours);
        put_territory(work, change, body->territory);
        put_invoice_partners(work, change, body->subcontractor, body->obligation_id);
}

static void tell_invoice_cancelled(struct work *work, const Tracking__InvoiceCancelled *body,
                                   Types__ChangedByAnother *change)
{
        change->thing = arena_printf(work->arena, "la facture %s", body->was->number);
        change->before = told_invoice(work, body->was->dated, body->was->hours);
        change->after = arena_text(work->arena, "annulée : elle ne compte plus");
        put_territory(work, change, body->territory);
        put_invoice_partners(work, change, body->subcontractor, body->obligation_id);
}

/* False: there is nothing to be told of it. */
static bool fill_change(struct work *work, const Tracking__Event *event, const Tracking__Event *before,
                        Types__ChangedByAnother *change)
{
        if (tell_eligibility(work, event, before, change))
                return true;
        switch ((int)event->body_case) {
        case TRACKING__EVENT__BODY_PLACEMENT_CHANGED:
                tell_terms(work, event->placement_changed, before, change);
                return true;
        case TRACKING__EVENT__BODY_PLACEMENT_LINKED: tell_link(work, event->placement_linked, change); return true;
        case TRACKING__EVENT__BODY_INVOICE_CORRECTED:
                tell_invoice_corrected(work, event->invoice_corrected, change);
                return true;
        case TRACKING__EVENT__BODY_INVOICE_CANCELLED:
                tell_invoice_cancelled(work, event->invoice_cancelled, change);
                return true;
        case TRACKING__EVENT__BODY_PROPOSAL_CORRECTED:
                return tell_proposal(work, event->proposal_corrected, before, change);
        case TRACKING__EVENT__BODY_EVIDENCE_TAKEN_BACK:
                tell_evidence(work, event->evidence_taken_back, change);
                return true;
        case TRACKING__EVENT__BODY_CONTROL_CLOSED:
        case TRACKING__EVENT__BODY_CONTROL_REOPENED: return tell_control(work, event, change);
        case TRACKING__EVENT__BODY_HOURS_VALIDATED:
        case TRACKING__EVENT__BODY_HOURS_RETURNED:
        case TRACKING__EVENT__BODY_HOURS_SET_TO_CHECK: return tell_hours(work, event, before, change);
        default: return !is_first_answer(event) && tell_end(work, event, before, change);
        }
}

void tracking_tell_others(struct work *work, const struct version_change *what)
{
        Types__ChangedByAnother change = TYPES__CHANGED_BY_ANOTHER__INIT;
        int64_t at_ms;
        const Tracking__Event *before = event_before(work, what->before, &at_ms);
        if (!fill_change(work, what->event, before, &change))
                return;
        change.accounts = arena_alloc(work->arena, (what->count + 1) * sizeof(*change.accounts));
        for (size_t i = 0; i < what->count; i++)
                change.accounts[change.n_accounts++] = id_to(work->arena, what->others[i]);
        change.before_at = instant_to(work->arena, at_ms);

        work_record(work, &change.base);
}
