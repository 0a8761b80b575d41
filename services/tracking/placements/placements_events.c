#include <string.h>

#include "common/codec/types.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/heard_rows.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/proposals/proposals.h"
#include "tracking/calls.h"

static struct placement row_of_opened(const Tracking__PlacementOpened *opened)
{
        struct placement row = {
                .beneficiary = id_of(opened->beneficiary_id),
                .obligation = id_of(opened->obligation_id),
                .employer = id_of(opened->employer),
                .host = id_of(opened->host_company),
                .prescriber = id_of(opened->prescriber),
                .modality = (uint8_t)opened->modality,
                .is_private = opened->is_private,
                .starts_on = day_of(opened->starts_on),
                .ends_on = day_or_open(opened->ends_on),
                .ended_on = day_of_number(DAY_OPEN_NUMBER),
                .granted_until = day_of(opened->eligible_until),
                .weekly_hundredths = (uint32_t)hours_hundredths(hours_of(opened->weekly_hours)),
                .again_from = day_or_open(opened->again_from),
                .again_until = day_or_open(opened->again_until),
                .counts_until = day_or_open(opened->counts_until),
        };
        memcpy(row.territory, opened->territory, strnlen(opened->territory, sizeof(row.territory) - 1));
        return row;
}

/* By all of her files. */
static void tell_until(const struct change *change, struct placement *row)
{
        struct period periods[PERSON_PERIODS_MAX];
        placement_tell_until(row, periods, identity_periods(change->txn, row->beneficiary, periods, change->arena));
}

/* The next one of her file, in the order of ids, that is still said to be alone. */
static bool next_alone(struct txn *txn, struct id beneficiary, struct id *id, struct placement *ret)
{
        struct walk walk;
        bool found = false;
        placements_walk(txn, LIST_PLACEMENTS_OF_BENEFICIARY, key_of_id(beneficiary), id_slice(id), &walk);
        while (!found && walk_next(&walk, id))
                found = tracking_placement(txn, *id, ret) && ret->is_alone;
        walk_end(&walk);
        return found;
}

/* Another is opened beside it, so that who states its hours looks at both. */
static void join_others(struct txn *txn, struct id beneficiary)
{
        struct id id = {0};
        struct placement other;
        while (next_alone(txn, beneficiary, &id, &other)) {
                other.is_alone = false;
                tracking_put_placement(txn, id, &other);
        }
}

/* Renewed with the same employer, nothing new is heard by that: its silence goes on. */
static struct day silent_since(const struct change *change, const struct placement *row,
                               const Tracking__PlacementOpened *opened)
{
        struct id before = id_of(opened->continues_placement_id);
        struct placement earlier;
        struct day heard;
        bool goes_on = opened->continues_placement_id != NULL && tracking_placement(change->txn, before, &earlier) &&
                       !id_is_zero(row->employer) && id_equal(earlier.employer, row->employer) &&
                       id_equal(earlier.host, row->host) && heard_last(change->txn, before, &heard);
        return goes_on ? heard : row->starts_on;
}

void apply_placement_opened(const struct change *change, const Tracking__PlacementOpened *opened)
{
        struct id beneficiary = id_of(opened->beneficiary_id), id = id_of(opened->placement_id);
        Tracking__BeneficiaryRow *person = tracking_beneficiary(change->txn, beneficiary, change->arena);
        if (person == NULL)
                return; /* the transaction has failed; its commit will tell */

        struct placement row = row_of_opened(opened);
        tell_until(change, &row);
        row.is_alone = person->placements == 0;
        if (!row.is_alone)
                join_others(change->txn, beneficiary);
        tracking_put_placement(change->txn, id, &row);
        tracking_index_placement(change->txn, id, &row);
        Tracking__PlacementFile file = TRACKING__PLACEMENT_FILE__INIT;
        file.opened = (Tracking__PlacementOpened *)(uintptr_t)opened;
        file.version = change->event->number;
        file.link_version = opened->continues_placement_id == NULL ? 0 : change->event->number;
        if (file.opened->contacts_sealed)
                file.sealed_contacts = pb_bytes(change->event->sealed);
        else
                file.contacts =
                        pb_decode(&tracking__placement_contacts__descriptor, change->event->sealed, change->arena);
        tracking_put_placement_file(change->txn, id, &file, change->arena);
        heard_begin(change->txn, id, silent_since(change, &row, opened));
        if (opened->continues_placement_id != NULL)
                tracking_put_placement_next(change->txn, id_of(opened->continues_placement_id), id);
        for (size_t i = 0; i < opened->n_visits; i++)
                visit_plan(change->txn, id, day_of(opened->visits[i]));
        person->placements++;
        tracking_note_contact(change->txn, beneficiary, person, change->event->at_ms);
        tracking_put_beneficiary(change->txn, beneficiary, person, change->arena);
        proposal_placed(change, opened);
}

/* ---- other terms */

static void take_terms(const struct change *change, const Tracking__PlacementChanged *body, struct placement *row)
{
        const Tracking__PlacementTerms *terms = body->terms;
        row->starts_on = day_of(terms->starts_on);
        row->ends_on = day_or_open(terms->ends_on);
        row->weekly_hundredths = (uint32_t)hours_hundredths(hours_of(terms->weekly_hours));
        row->granted_until = day_of(body->eligible_until);
        row->again_from = day_or_open(body->again_from);
        row->again_until = day_or_open(body->again_until);
        row->counts_until = day_or_open(body->counts_until);
        tell_until(change, row);
}

static void file_terms(const struct change *change, const Tracking__PlacementChanged *body,
                       Tracking__PlacementFile *file)
{
        file->n_terms = placement_terms(file, change->arena, &file->terms);
        Tracking__PlacementTerms *entered = pb_new(&tracking__placement_terms__descriptor, change->arena);
        *entered = *body->terms;
        entered->entered_at = instant_to(change->arena, change->event->at_ms);
        entered->entered_by = arena_text(change->arena, change->event->user);
        file->terms = pb_append(file->terms, &file->n_terms, sizeof(entered), change->arena);
        file->terms[file->n_terms - 1] = entered;
        file->opened->starts_on = body->terms->starts_on;
        file->opened->ends_on = body->terms->ends_on;
        file->opened->weekly_hours = body->terms->weekly_hours;
        file->opened->rome_code = body->terms->rome_code;
        file->opened->work_contract = body->terms->work_contract;
        file->opened->rules_version = body->rules_version;
        file->opened->policy_code = body->policy_code;
        file->opened->counts_until = body->counts_until;
        file->version = change->event->number;
        if (change->event->sealed.size == 0)
                return;
        file->sealed_contacts = pb_bytes(change->event->sealed);
        if (body->terms->is_correction)
                return; /* those before were never there */
        file->contacts_since = body->terms->changed_on;
        file->contacts_version = change->event->number;
}

/* Another first day: where nothing was heard, or not since it, the silence begins there. */
static void hear_from(const struct change *change, struct id id, const struct placement *row, struct day was)
{
        struct day heard;
        if (heard_last(change->txn, id, &heard) &&
            (day_number(heard) == day_number(was) || day_number(heard) < day_number(row->starts_on)))
                heard_on(change->txn, id, row->starts_on, !row->ended);
}

static void plan_again(const struct change *change, const Tracking__PlacementChanged *body, bool goes_on)
{
        struct day *days = arena_alloc(change->arena, (body->n_visits + 1) * sizeof(*days));
        for (size_t i = 0; i < body->n_visits; i++)
                days[i] = day_of(body->visits[i]);
        if (body->visits_planned)
                visits_plan_again(change->txn, id_of(body->placement_id), days, body->n_visits, goes_on);
}

void apply_placement_changed(const struct change *change, const Tracking__PlacementChanged *body)
{
        struct id id = id_of(body->placement_id);
        struct placement row;
        Tracking__PlacementFile *file = tracking_placement_file(change->txn, id, change->arena);
        if (file == NULL || !tracking_placement(change->txn, id, &row))
                return; /* the transaction has failed; its commit will tell */
        Tracking__BeneficiaryRow *person = tracking_beneficiary(change->txn, row.beneficiary, change->arena);
        struct day was = row.starts_on;
        take_terms(change, body, &row);
        hear_from(change, id, &row, was);
        file_terms(change, body, file);
        plan_again(change, body, !row.ended);
        tracking_put_placement(change->txn, id, &row);
        tracking_put_placement_file(change->txn, id, file, change->arena);
        if (person == NULL)
                return; /* erased: the placement goes on without a name */
        tracking_note_contact(change->txn, row.beneficiary, person, change->event->at_ms);
        tracking_put_beneficiary(change->txn, row.beneficiary, person, change->arena);
}

void apply_placement_reclassified(const struct change *change, const Tracking__PlacementReclassified *body)
{
        struct placement row;
        if (!tracking_placement(change->txn, id_of(body->placement_id), &row))
                return; /* the transaction has failed; its commit will tell */
        row.is_private = body->is_private;
        tracking_put_placement(change->txn, id_of(body->placement_id), &row);
}

void apply_employer_reference_set(const struct change *change, const Tracking__EmployerReferenceSet *set)
{
        struct id id = id_of(set->placement_id);
        struct placement row;
        if (!tracking_placement(change->txn, id, &row))
                return; /* the transaction has failed; its commit will tell */
        tracking_put_employer_reference(change->txn, id, change->event->sealed);
        if (change->event->sealed.size > 0)
                tracking_note_sealed(change->txn, row.beneficiary, change->event->number);
}

/* ---- who accompanies her */

void apply_professional_named(const struct change *change, const Tracking__ProfessionalNamed *named)
{
        struct id id = id_of(named->placement_id);
        Tracking__PlacementFile *file = tracking_placement_file(change->txn, id, change->arena);
        if (file == NULL)
                return; /* the transaction has failed; its commit will tell */
        Tracking__NamingRow *row = pb_new(&tracking__naming_row__descriptor, change->arena);
        row->naming_id = named->naming_id;
        row->professional = named->professional;
        row->since = named->since;
        row->organisation = named->organisation;
        row->sealed = pb_bytes(change->event->sealed);
        row->named_at_ms = change->event->at_ms;
        row->version = change->event->number;
        file->namings = pb_append(file->namings, &file->n_namings, sizeof(row), change->arena);
        file->namings[file->n_namings - 1] = row;
        tracking_put_placement_file(change->txn, id, file, change->arena);
}

void apply_naming_withdrawn(const struct change *change, const Tracking__NamingWithdrawn *withdrawn)
{
        struct id id = id_of(withdrawn->placement_id);
        Tracking__PlacementFile *file = tracking_placement_file(change->txn, id, change->arena);
        if (file == NULL)
                return; /* the transaction has failed; its commit will tell */
        for (size_t i = 0; i < file->n_namings; i++)
                if (id_equal(id_of(file->namings[i]->naming_id), id_of(withdrawn->naming_id)))
                        file->namings[i]->sealed = (ProtobufCBinaryData){0};
        tracking_put_placement_file(change->txn, id, file, change->arena);
}
