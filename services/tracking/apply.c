#include "services/tracking/apply.h"

#include <string.h>

#include "common/base/require.h"
#include "services/tracking/others.h"
#include "services/tracking/store.h"
#include "tracking/calls.h"

/* --- persons ---------------------------------------------------------------------------------------------------- */

size_t periods_of(const Tracking__BeneficiaryRow *row, struct period *ret_periods)
{
        require(row->n_periods <= DECISIONS_MAX);
        for (size_t i = 0; i < row->n_periods; i++) {
                const Tracking__EligibilityPeriod *period = row->periods[i];
                ret_periods[i] = (struct period){day_of(period->from), day_of(period->until), period->cut};
        }
        return row->n_periods;
}

static void set_periods(Tracking__BeneficiaryRow *row, const struct period *periods, size_t count, struct arena *arena)
{
        row->n_periods = count;
        row->periods = arena_alloc(arena, (count + 1) * sizeof(*row->periods));
        for (size_t i = 0; i < count; i++) {
                Tracking__EligibilityPeriod *period = pb_new(&tracking__eligibility_period__descriptor, arena);
                period->from = day_to(arena, periods[i].from);
                period->until = day_to(arena, periods[i].until);
                period->cut = periods[i].cut;
                row->periods[i] = period;
        }
}

void apply_beneficiary_referred(const struct change *change, const Tracking__BeneficiaryReferred *referred)
{
        struct id id = id_of(referred->beneficiary_id);
        Tracking__BeneficiaryRow row = TRACKING__BENEFICIARY_ROW__INIT;
        row.territory = referred->territory;
        row.prescriber = referred->prescriber;
        row.need_id = referred->need_id;
        row.referred_at_ms = change->event->at_ms;
        row.sealed_identity = pb_bytes(change->event->sealed);
        tracking_put_beneficiary(change->txn, id, &row, change->arena);
        tracking_index_beneficiary(change->txn, id, &row);
}

static int32_t earlier(struct day a, int32_t b)
{
        return day_number(a) < b ? day_number(a) : b;
}

/* A renewal without a gap lengthens what was granted; a refusal shortens it. */
static void refresh_placement(struct placement *placement, const Tracking__EligibilityDecided *decided)
{
        int32_t from = decided->valid_from->days;
        if (!decided->eligible) {
                placement->granted_until = day_of_number(earlier(placement->granted_until, from - 1));
                placement->eligible_until = day_of_number(earlier(placement->eligible_until, from - 1));
                return;
        }
        struct day until = day_of(decided->valid_until);
        int32_t granted = day_number(placement->granted_until);
        if (from <= granted + 1 && day_number(until) > granted)
                placement->granted_until = until;
        if (day_number(until) > day_number(placement->eligible_until))
                placement->eligible_until = until;
}

static void refresh_placements(struct txn *txn, struct id beneficiary, const Tracking__EligibilityDecided *decided)
{
        struct walk walk;
        struct id id;
        struct placement placement;
        tracking_walk(txn, LIST_PLACEMENTS_OF_BENEFICIARY, key_of_id(beneficiary), slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                if (!tracking_placement(txn, id, &placement))
                        continue;
                refresh_placement(&placement, decided);
                tracking_put_placement(txn, id, &placement);
        }
        walk_end(&walk);
}

static void append_decision(Tracking__BeneficiaryRow *row, struct slice sealed, struct arena *arena)
{
        size_t count = row->n_sealed_eligibilities;
        ProtobufCBinaryData *longer = arena_alloc(arena, (count + 1) * sizeof(*longer));
        if (count > 0)
                memcpy(longer, row->sealed_eligibilities, count * sizeof(*longer));
        longer[count] = pb_bytes(sealed);
        row->sealed_eligibilities = longer;
        row->n_sealed_eligibilities = count + 1;
}

void apply_eligibility_decided(const struct change *change, const Tracking__EligibilityDecided *decided)
{
        struct id id = id_of(decided->beneficiary_id);
        Tracking__BeneficiaryRow *row = tracking_beneficiary(change->txn, id, change->arena);
        struct period periods[DECISIONS_MAX + 1];
        if (row == NULL)
                return; /* the transaction has failed; its commit will tell */

        size_t count = periods_of(row, periods);
        struct day from = day_of(decided->valid_from);
        count = decided->eligible
                        ? periods_grant(periods, count, (struct period){from, day_of(decided->valid_until), false})
                        : periods_refuse(periods, count, from);
        set_periods(row, periods, count, change->arena);
        append_decision(row, change->event->sealed, change->arena);
        row->version = change->event->number;
        tracking_put_beneficiary(change->txn, id, row, change->arena);
        refresh_placements(change->txn, id, decided);
}

void apply_beneficiary_file_opened(const struct change *change, const Tracking__BeneficiaryFileOpened *opened)
{
        const Tracking__BeneficiaryRow *person =
                tracking_beneficiary(change->txn, id_of(opened->beneficiary_id), change->arena);
        if (person == NULL)
                return; /* the transaction has failed; its commit will tell */
        Tracking__ReadingRow row = TRACKING__READING_ROW__INIT;
        row.beneficiary_id = opened->beneficiary_id;
        row.at_ms = change->event->at_ms;
        row.account = id_is_zero(change->event->account) ? NULL : id_to(change->arena, change->event->account);
        row.user = (char *)(uintptr_t)change->event->user;
        row.territory = person->territory;
        row.reason_code = opened->reason_code;
        row.sealed_reason = pb_bytes(change->event->sealed);
        tracking_put_reading(change->txn, change->event->number, &row, change->arena);
}

/* --- placements ------------------------------------------------------------------------------------------------- */

static struct placement row_of_opened(const Tracking__PlacementOpened *opened, const Tracking__BeneficiaryRow *person)
{
        struct period periods[DECISIONS_MAX + 1];
        size_t count = periods_of(person, periods);
        struct placement row = {
                .beneficiary = id_of(opened->beneficiary_id),
                .obligation = id_of(opened->obligation_id),
                .employer = id_of(opened->employer),
                .host = id_of(opened->host_company),
                .prescriber = id_of(opened->prescriber),
                .modality = (uint8_t)opened->modality,
                .is_private = opened->is_private ? 1 : 0,
                .starts_on = day_of(opened->starts_on),
                .ends_on = day_of_number(opened->ends_on != NULL ? opened->ends_on->days : DAY_OPEN_NUMBER),
                .ended_on = day_of_number(DAY_OPEN_NUMBER),
                .granted_until = day_of(opened->eligible_until),
                .eligible_until = day_of(opened->eligible_until),
                .weekly_hundredths = (uint32_t)hours_hundredths(hours_of(opened->weekly_hours)),
        };
        if (count > 0 && day_number(periods[count - 1].until) > day_number(row.eligible_until))
                row.eligible_until = periods[count - 1].until;
        memcpy(row.territory, opened->territory, strnlen(opened->territory, sizeof(row.territory) - 1));
        return row;
}

void apply_placement_opened(const struct change *change, const Tracking__PlacementOpened *opened)
{
        struct id beneficiary = id_of(opened->beneficiary_id), id = id_of(opened->placement_id);
        Tracking__BeneficiaryRow *person = tracking_beneficiary(change->txn, beneficiary, change->arena);
        if (person == NULL)
                return; /* the transaction has failed; its commit will tell */

        struct placement row = row_of_opened(opened, person);
        tracking_put_placement(change->txn, id, &row);
        tracking_index_placement(change->txn, id, &row);
        Tracking__PlacementFile file = TRACKING__PLACEMENT_FILE__INIT;
        file.opened = (Tracking__PlacementOpened *)(uintptr_t)opened;
        if (file.opened->contacts_sealed)
                file.sealed_contacts = pb_bytes(change->event->sealed);
        else
                file.contacts =
                        pb_decode(&tracking__placement_contacts__descriptor, change->event->sealed, change->arena);
        tracking_put_placement_file(change->txn, id, &file, change->arena);
        person->placements++;
        tracking_put_beneficiary(change->txn, beneficiary, person, change->arena);
}

void apply_placement_ended(const struct change *change, const Tracking__PlacementEnded *ended)
{
        struct id id = id_of(ended->placement_id);
        struct placement row;
        if (!tracking_placement(change->txn, id, &row))
                return; /* the transaction has failed; its commit will tell */
        row.ended = 1;
        row.ended_on = day_of(ended->ended_on);
        row.outcome = (uint8_t)ended->outcome;
        tracking_put_placement(change->txn, id, &row);
        if (change->event->sealed.size > 0)
                tracking_put_placement_exit(change->txn, id, change->event->sealed);
}

/* --- the kind of a contract was set right ----------------------------------------------------------------------- */

void apply_placement_reclassified(const struct change *change, const Tracking__PlacementReclassified *body)
{
        struct placement row;
        if (!tracking_placement(change->txn, id_of(body->placement_id), &row))
                return; /* the transaction has failed; its commit will tell */
        row.is_private = body->is_private ? 1 : 0;
        tracking_put_placement(change->txn, id_of(body->placement_id), &row);
}

void apply_invoice_reclassified(const struct change *change, const Tracking__InvoiceReclassified *body)
{
        Tracking__InvoiceConverted *row = tracking_invoice(change->txn, id_of(body->invoice_id), change->arena);
        if (row == NULL)
                return; /* the transaction has failed; its commit will tell */
        row->is_private = body->is_private;
        tracking_put_invoice(change->txn, row, change->arena);
}

/* --- hours ------------------------------------------------------------------------------------------------------ */

/* What is validated is never submitted again, so the row before is of no interest. */
void apply_hours_submitted(const struct change *change, const Tracking__HoursSubmitted *submitted)
{
        struct statement row = {
                .submitted_hundredths = (uint32_t)submitted->hours->hundredths,
                .validated_hundredths = STATEMENT_NOT_VALIDATED,
                .version = change->event->number,
        };
        tracking_put_statement(change->txn, month_of(submitted->month), id_of(submitted->placement_id), row);
}

void apply_hours_validated(const struct change *change, const Tracking__HoursValidated *validated)
{
        struct month month = month_of(validated->month);
        struct id placement = id_of(validated->placement_id);
        struct statement row;
        if (!tracking_statement(change->txn, month, placement, &row))
                return; /* the transaction has failed; its commit will tell */
        row.validated_hundredths = (uint32_t)validated->hours->hundredths;
        row.version = change->event->number;
        tracking_put_statement(change->txn, month, placement, row);
}

void apply_invoice_converted(const struct change *change, const Tracking__InvoiceConverted *converted)
{
        tracking_put_invoice(change->txn, converted, change->arena);
}

/* For the accounts that it names: it changes no row here. */
void apply_tracking_changed_by_another(const struct change *change, const Types__ChangedByAnother *told)
{
        (void)change, (void)told;
}

/* ---- what commands replace: each row tells the event that changed it last */

static uint64_t last_of_statement(struct txn *txn, struct id placement, const Types__Month *month)
{
        struct statement row;
        return tracking_statement(txn, month_of(month), placement, &row) ? row.version : 0;
}

static uint64_t last_submitted(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        const Tracking__HoursSubmitted *submitted = (const Tracking__HoursSubmitted *)body;
        (void)arena;
        return last_of_statement(txn, id_of(submitted->placement_id), submitted->month);
}

static uint64_t last_validated(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        const Tracking__HoursValidated *validated = (const Tracking__HoursValidated *)body;
        (void)arena;
        return last_of_statement(txn, id_of(validated->placement_id), validated->month);
}

static uint64_t last_decided(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        const Tracking__EligibilityDecided *decided = (const Tracking__EligibilityDecided *)body;
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(txn, id_of(decided->beneficiary_id), arena);
        return row == NULL ? 0 : row->version;
}

static const struct version_row version_rows[] = {
        /* Hours that are stated count only once somebody vouches for them: nobody is told before. */
        {TRACKING__EVENT__BODY_HOURS_SUBMITTED, 1, {NULL}, last_submitted, .quiet = true},
        {TRACKING__EVENT__BODY_HOURS_VALIDATED, 1, {NULL}, last_validated},
        {TRACKING__EVENT__BODY_ELIGIBILITY_DECIDED, 2, {NULL}, last_decided},
};
const struct versions tracking_versions = {0, version_rows, ARRAY_SIZE(version_rows), tracking_tell_others};
