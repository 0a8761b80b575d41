#include "services/contracts/publication/intake.h"

#include "common/base/limits.h"
#include "common/codec/contract_key.h"
#include "contracts/events.pb-c.h"
#include "services/contracts/publication/republication.h"
#include "services/contracts/record/contract.h"
#include "services/contracts/record/record_rows.h"

enum { EVENT_MARGIN_BYTES = 1024, RECORD_BYTES_MAX = LIMIT_REQUEST_BYTES / 2 - EVENT_MARGIN_BYTES };

static void record_imported(struct work *work, struct id id, Contracts__ContractRecord *record)
{
        Contracts__ContractImported body = CONTRACTS__CONTRACT_IMPORTED__INIT;
        body.contract_id = id_to(work->arena, id);
        body.record = record;
        work_record(work, &body.base);
}

static void record_updated(struct work *work, struct id id, Contracts__ContractRecord *record)
{
        Contracts__ContractUpdated body = CONTRACTS__CONTRACT_UPDATED__INIT;
        body.contract_id = id_to(work->arena, id);
        body.record = record;
        work_record(work, &body.base);
}

/* An older file after a newer one (fewer modifications, an earlier publication) adds nothing to what is known: the
 * union is what we hold already, and that is UNCHANGED. */
static Contracts__ImportOutcome outcome_of(struct slice known, const Contracts__ContractRecord *record,
                                           struct arena *arena)
{
        if (known.data == NULL)
                return CONTRACTS__IMPORT_OUTCOME__CREATED;
        return slice_equal(pb_encode(record, arena), known) ? CONTRACTS__IMPORT_OUTCOME__UNCHANGED
                                                            : CONTRACTS__IMPORT_OUTCOME__UPDATED;
}

bool intake_take(struct work *work, const Contracts__ContractRecord *record, struct intake *ret,
                 struct refusal *ret_refusal)
{
        struct slice known_bytes = {0};
        const Contracts__ContractRecord *known = NULL;

        if (!contract_check(record, ret_refusal))
                return false;
        struct id id = contract_key(record, work->arena);
        if (contracts_published_bytes(work->txn, id, &known_bytes))
                known = pb_decode(&contracts__contract_record__descriptor, known_bytes, work->arena);
        Contracts__ContractRecord *merged = republication_merge(known, record, work->arena);
        if (pb_size(merged) > RECORD_BYTES_MAX)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__TOO_LARGE, "record",
                              "Ce contrat, avec ses modifications, dépasse %d octets : vérifiez qu'il s'agit bien d'un "
                              "seul contrat.",
                              RECORD_BYTES_MAX);
        Contracts__ImportOutcome outcome = outcome_of(known_bytes, merged, work->arena);
        if (outcome == CONTRACTS__IMPORT_OUTCOME__CREATED)
                record_imported(work, id, merged);
        else if (outcome == CONTRACTS__IMPORT_OUTCOME__UPDATED)
                record_updated(work, id, merged);
        *ret = (struct intake){id, outcome};
        return true;
}
