#include "services/tracking/page/view.h"

#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/statement.h"
#include "services/tracking/outcomes/outcome.h"
#include "services/tracking/outcomes/outcomes_rows.h"
#include "services/tracking/placements/contacts.h"
#include "services/tracking/placements/continuation.h"
#include "services/tracking/placements/heard_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/reference.h"
#include "services/tracking/placements/scope.h"

static void add_month(const struct work *work, Tracking__PlacementView *view, struct month month,
                      const struct statement *statement)
{
        Tracking__MonthView *line = pb_new(&tracking__month_view__descriptor, work->arena);
        line->month = month_to(work->arena, month);
        line->version = statement->version;
        line->submitted = hours_to(work->arena, hours_of_hundredths(statement->submitted_hundredths));
        line->state = statement_state(statement);
        if (statement->training_hundredths > 0)
                line->training = hours_to(work->arena, hours_of_hundredths(statement->training_hundredths));
        if (statement_is_validated(statement))
                line->validated = hours_to(work->arena, hours_of_hundredths(statement->validated_hundredths));
        view->months = pb_append(view->months, &view->n_months, sizeof(*view->months), work->arena);
        view->months[view->n_months - 1] = line;
}

static void add_months(const struct work *work, Tracking__PlacementView *view, struct id id,
                       const struct placement *placement)
{
        int32_t last = month_number(placement_last_month(placement, work->today));
        for (int32_t month = month_number(month_of_day(placement->starts_on)); month <= last; month++) {
                struct statement statement;
                if (tracking_statement(work->txn, month_of_number(month), id, &statement))
                        add_month(work, view, month_of_number(month), &statement);
        }
}

/* Who is no watcher sees what the end told, and no more. */
static void add_outcomes(const struct work *work, Tracking__PlacementView *view, struct id id)
{
        size_t count = scope_is_watcher(work->actor) ? OUTCOME_MOMENTS : 1;
        for (size_t i = 0; i < count; i++) {
                const Tracking__OutcomeRow *row = tracking_outcome(work->txn, id, outcome_moments[i], work->arena);
                if (row == NULL)
                        continue;
                view->outcomes = pb_append(view->outcomes, &view->n_outcomes, sizeof(*view->outcomes), work->arena);
                view->outcomes[view->n_outcomes - 1] = outcome_view(work->arena, outcome_moments[i], row);
        }
}

/* Security: of a placement that the actor may not read not even that it is there. */
static Types__Id *shown_id(const struct work *work, struct id id)
{
        struct placement other;
        bool is_shown =
                !id_is_zero(id) && tracking_placement(work->txn, id, &other) && scope_reads_placement(work, &other);
        return is_shown ? id_to(work->arena, id) : NULL;
}

static void put_pathway(const struct work *work, Tracking__PlacementView *view, struct id id)
{
        view->continues_placement_id = shown_id(work, continuation_before(work->txn, id, work->arena));
        view->continued_by = shown_id(work, continuation_next(work->txn, id));
}

/* Of one that goes on behind that day: what becomes of the person is to be settled with the employer. */
static Types__Day *company_left_on(const struct work *work, const struct placement *placement)
{
        const Tracking__ObligationCopy *obligation = tracking_obligation(work->txn, placement->obligation, work->arena);
        if (obligation == NULL || obligation->left_on == NULL ||
            (placement->ended && day_number(placement->ended_on) <= obligation->left_on->days))
                return NULL;
        return obligation->left_on;
}

static void put_professionals(const struct work *work, Tracking__PlacementView *view, struct id id,
                              const Tracking__PlacementFile *file)
{
        const Tracking__PlacementContacts *contacts = contacts_on(work, id, file, work->today);
        view->namings = contacts_named(work, id, file, &view->n_namings);
        if (contacts == NULL)
                return;
        view->tutor = contacts->tutor;
        view->tutor_function = contacts->tutor_function;
        view->referent = contacts->referent;
        view->referent_function = contacts->referent_function;
}

static Tracking__PresenceView *presence_shown(const struct work *work, struct id id)
{
        struct presence presence;
        if (!presence_get(work->txn, id, &presence))
                return NULL;
        Tracking__PresenceView *view = pb_new(&tracking__presence_view__descriptor, work->arena);
        view->presence_id = id_to(work->arena, presence.contact);
        view->answer = (Tracking__Presence)presence.answer;
        view->happened_on = day_to(work->arena, day_of_number(presence.day));
        view->act_by = day_unless_open(work->arena, day_of_number(presence.act_by));
        return view;
}

Tracking__PlacementView *view_of_placement(const struct work *work, struct id id, const struct placement *placement)
{
        const Tracking__PlacementFile *file = tracking_placement_file(work->txn, id, work->arena);
        Tracking__PlacementView *view = pb_new(&tracking__placement_view__descriptor, work->arena);
        view->placement_id = id_to(work->arena, id);
        view->beneficiary_id = id_to(work->arena, placement->beneficiary);
        view->obligation_id = id_to(work->arena, placement->obligation);
        view->modality = (Types__Modality)placement->modality;
        view->territory = arena_text(work->arena, placement->territory);
        view->starts_on = day_to(work->arena, placement->starts_on);
        view->eligible_until = day_to(work->arena, placement->eligible_until);
        view->ended = placement->ended != 0;
        view->ended_on = placement->ended ? day_to(work->arena, placement->ended_on) : NULL;
        view->outcome = (Tracking__Outcome)placement->outcome;
        view->weekly_hours = hours_to(work->arena, hours_of_hundredths(placement->weekly_hundredths));
        if (file != NULL) {
                view->employer = file->opened->employer;
                view->employer_name = file->opened->employer_name;
                view->host_company = file->opened->host_company;
                put_professionals(work, view, id, file);
                view->rules_version = file->opened->rules_version;
                view->policy_code = file->opened->policy_code;
                view->ends_on = file->opened->ends_on;
                view->rome_code = file->opened->rome_code;
                view->work_contract = file->opened->work_contract;
                view->n_terms = placement_terms(file, work->arena, &view->terms);
                view->version = file->version;
                view->proposal_id = file->opened->proposal_id;
                view->link_version = file->link_version;
        }
        view->employer_reference = reference_shown(work, id, placement);
        put_pathway(work, view, id);
        view->company_left_on = company_left_on(work, placement);
        view->presence = presence_shown(work, id);
        add_months(work, view, id, placement);
        add_outcomes(work, view, id);
        return view;
}
