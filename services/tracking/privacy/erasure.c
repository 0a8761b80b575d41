#include "services/tracking/privacy/erasure.h"

#include <string.h>

#include "common/base/french.h"
#include "common/base/local_time.h"
#include "common/codec/types.h"
#include "common/service/documents.h"
#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/persons/birth.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/rules/eligibility.h"
#include "tracking/events.pb-c.h"

#define WRONG_STATE TYPES__REFUSAL_CODE__WRONG_STATE

/* ---- what there is */

static void add_documents(struct txn *txn, struct id placement, struct arena *arena, struct erased_things *things)
{
        struct walk walk;
        struct id id;
        documents_walk(txn, placement, slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                const Tracking__DocumentRow *row = tracking_document(txn, placement, id, arena);
                if (row == NULL)
                        continue; /* the transaction has failed; its commit will tell */
                things->documents =
                        pb_append(things->documents, &things->document_count, sizeof(*things->documents), arena);
                things->documents[things->document_count - 1] = (struct placed_document){placement, id, row};
        }
        walk_end(&walk);
}

void erased_things_of(struct txn *txn, struct id beneficiary, struct arena *arena, struct erased_things *ret)
{
        struct walk walk;
        struct id id;
        *ret = (struct erased_things){0};
        placements_walk(txn, LIST_PLACEMENTS_OF_BENEFICIARY, key_of_id(beneficiary), slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                ret->placements = pb_append(ret->placements, &ret->placement_count, sizeof(id), arena);
                ret->placements[ret->placement_count - 1] = id;
        }
        walk_end(&walk);
        for (size_t i = 0; i < ret->placement_count; i++)
                add_documents(txn, ret->placements[i], arena, ret);
        tracking_sealed_walk(txn, beneficiary, &walk);
        while (walk_step(&walk)) {
                ret->sealed = pb_append(ret->sealed, &ret->sealed_count, sizeof(*ret->sealed), arena);
                ret->sealed[ret->sealed_count - 1] = walk_number(&walk);
        }
        walk_end(&walk);
}

/* ---- may she be */

static bool waits(const struct statement *statement)
{
        return statement->mark == STATEMENT_TO_CHECK ||
               (!statement_is_validated(statement) && statement_stated(statement) > 0);
}

static bool is_settled(const struct work *work, struct id id, const struct placement *placement, struct refusal *ret)
{
        int32_t last = month_number(placement_last_month(placement, work->today));
        for (int32_t month = month_number(month_of_day(placement->starts_on)); month <= last; month++) {
                struct statement statement;
                char of[ID_TEXT_SIZE];
                if (!tracking_statement(work->txn, month_of_number(month), id, &statement) || !waits(&statement))
                        continue;
                id_format(id, of);
                return refuse(ret, WRONG_STATE, "beneficiary_id",
                              "Des heures déclarées en %s (parcours %s) attendent d'être validées : validez-les, ou "
                              "faites-les ramener à zéro, puis effacez.",
                              french_month(work->arena, month_of_number(month)), of);
        }
        return true;
}

bool erasure_may(const struct work *work, const struct erased_things *things, struct refusal *ret)
{
        for (size_t i = 0; i < things->placement_count; i++) {
                struct placement placement;
                char text[ID_TEXT_SIZE];
                if (!tracking_placement(work->txn, things->placements[i], &placement))
                        continue; /* the transaction has failed; its commit will tell */
                id_format(things->placements[i], text);
                if (!placement.ended)
                        return refuse(ret, WRONG_STATE, "beneficiary_id",
                                      "Le parcours %s est en cours : son employeur doit pouvoir déclarer ses heures. "
                                      "Terminez-le d'abord.",
                                      text);
                if (!is_settled(work, things->placements[i], &placement, ret))
                        return false;
        }
        return true;
}

/* ---- what is counted of her */

enum { YEARS_OF_A_BAND = 10, HOURS_OF_A_BAND = 100, HUNDREDTHS = 100 };

static const Tracking__Sealed *content_of(const struct work *work, struct id id, ProtobufCBinaryData sealed,
                                          Tracking__Sealed__ContentCase wanted)
{
        int err;
        const Tracking__Sealed *content = work_unseal(work, id, pb_slice(sealed), &tracking__sealed__descriptor, &err);
        return content != NULL && content->content_case == wanted ? content : NULL;
}

/* A file that does not open any more is erased all the same, with less to count. */
static void count_person(const struct work *work, struct id id, const Tracking__BeneficiaryRow *row,
                         Tracking__AnonymousRow *counted)
{
        struct day referred = local_day(row->territory, row->referred_at_ms);
        const Tracking__Sealed *content =
                content_of(work, id, row->sealed_identity, TRACKING__SEALED__CONTENT_IDENTITY);
        counted->territory = row->territory;
        counted->year = (uint32_t)day_civil(referred).year;
        if (content != NULL) {
                counted->sex = content->identity->sex;
                struct birth birth = birth_of(content->identity);
                struct birth_days days = birth_days(birth, referred, 0, 0);
                int age = birth.year == 0 ? 0 : age_years(days.first, referred);
                counted->age_from = (uint32_t)(age / YEARS_OF_A_BAND * YEARS_OF_A_BAND);
        }
        const Tracking__EligibilityRow *decided = tracking_eligibility(work->txn, id, work->arena);
        for (size_t i = decided->n_decisions; i > 0 && counted->public_code[0] == '\0'; i--) {
                const Tracking__DecisionRow *decision = decided->decisions[i - 1];
                if (decision->state != TRACKING__DECISION_STATE__DECISION_STANDS || !decision->eligible)
                        continue;
                content = content_of(work, id, pb_bytes(eligibility_sealed(row, decision)),
                                     TRACKING__SEALED__CONTENT_ELIGIBILITY);
                if (content != NULL)
                        counted->public_code = content->eligibility->public_code;
        }
}

static uint64_t hours_of_placement(const struct work *work, struct id id, const struct placement *placement)
{
        uint64_t sum = 0;
        int32_t last = month_number(placement_last_month(placement, work->today));
        for (int32_t month = month_number(month_of_day(placement->starts_on)); month <= last; month++) {
                struct statement statement;
                if (tracking_statement(work->txn, month_of_number(month), id, &statement) &&
                    statement_is_validated(&statement))
                        sum += statement.validated_hundredths;
        }
        return sum;
}

static void count_work(const struct work *work, const struct erased_things *things, Tracking__AnonymousRow *counted)
{
        uint64_t hundredths = 0;
        for (size_t i = 0; i < things->placement_count; i++) { /* in the order in which they were opened */
                struct placement placement;
                if (!tracking_placement(work->txn, things->placements[i], &placement))
                        continue; /* the transaction has failed; its commit will tell */
                hundredths += hours_of_placement(work, things->placements[i], &placement);
                counted->outcome = (Tracking__Outcome)placement.outcome;
        }
        counted->placements = (uint32_t)things->placement_count;
        counted->hours_from = (uint32_t)(hundredths / HUNDREDTHS / HOURS_OF_A_BAND * HOURS_OF_A_BAND);
}

/* ---- and now */

void erasure_record(struct work *work, struct id beneficiary, const struct erased_things *things, const char *code)
{
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, beneficiary, work->arena);
        Tracking__BeneficiaryErased erased = TRACKING__BENEFICIARY_ERASED__INIT;
        Tracking__AnonymousRow counted = TRACKING__ANONYMOUS_ROW__INIT;
        if (row == NULL)
                return; /* the transaction has failed; its commit will tell */
        bool counts = strcmp(code, ERASURE_UNDONE) != 0;
        count_person(work, beneficiary, row, &counted);
        count_work(work, things, &counted);
        for (size_t i = 0; i < things->document_count; i++)
                document_drop(work, tracking_blob_of(things->documents[i].row).address);
        erased.beneficiary_id = id_to(work->arena, beneficiary);
        erased.territory = row->territory;
        erased.erasure_code = arena_text(work->arena, code);
        work_record_sealed(work, &erased.base, counts ? pb_encode(&counted, work->arena) : slice_of(NULL, 0));
        for (size_t i = 0; i < things->sealed_count; i++)
                work_forget_sealed(work, things->sealed[i]);
        work_erase_key(work, beneficiary);
}

void erasures_again(struct work *work, const struct id *ids, size_t count)
{
        for (size_t i = 0; i < count; i++) {
                struct erased_things things;
                if (tracking_beneficiary(work->txn, ids[i], work->arena) == NULL)
                        continue; /* she came after the backup, or is erased in it */
                erased_things_of(work->txn, ids[i], work->arena, &things);
                erasure_record(work, ids[i], &things, "RESTORED");
        }
}
