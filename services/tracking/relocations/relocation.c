#include "services/tracking/relocations/relocation.h"

#include "common/codec/types.h"
#include "services/tracking/copies/contract_scope.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "tracking/events.pb-c.h"

static enum standing standing_between(const struct work *work, const char *own, const char *other)
{
        if (!scope_is_watcher(work->actor))
                return STANDING_UNKNOWN;
        if (passport_covers(work->actor, own))
                return work->actor->role == TYPES__ROLE__FACILITATOR ? STANDING_CHANGE : STANDING_READ;
        return passport_covers(work->actor, other) ? STANDING_READ : STANDING_UNKNOWN;
}

enum standing relocation_taking(const struct work *work, const struct named *named)
{
        const Tracking__RelocationRow *row = tracking_relocation(work->txn, named->id, work->arena);
        return row == NULL ? STANDING_UNKNOWN : standing_between(work, row->to_territory, row->from_territory);
}

enum standing relocation_giving(const struct work *work, const struct named *named)
{
        const Tracking__RelocationRow *row = tracking_relocation(work->txn, named->id, work->arena);
        return row == NULL ? STANDING_UNKNOWN : standing_between(work, row->from_territory, row->to_territory);
}

Tracking__RelocationRow *relocation_that_waits(const struct work *work, struct id id, struct refusal *ret)
{
        static const char *const words[] = {
                [TRACKING__RELOCATION_STATE__RELOCATION_ACCEPTED] = "accepté",
                [TRACKING__RELOCATION_STATE__RELOCATION_DECLINED] = "refusé",
                [TRACKING__RELOCATION_STATE__RELOCATION_WITHDRAWN] = "retiré",
        };
        Tracking__RelocationRow *row = tracking_relocation(work->txn, id, work->arena);
        if (row == NULL) {
                (void)refuse(ret, TYPES__REFUSAL_CODE__NOT_FOUND, "relocation_id",
                             "Ce changement de département n'existe pas ici : relisez la liste.");
        } else if (row->state != TRACKING__RELOCATION_STATE__RELOCATION_PROPOSED) {
                (void)refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "relocation_id",
                             "Ce changement de département est déjà %s : relisez la liste ; un nouveau se propose s'il "
                             "le faut.",
                             words[row->state]);
                row = NULL;
        }
        return row;
}

void relocation_record(struct work *work, struct id id, const Tracking__RelocationRow *row)
{
        struct files files = identity_files(work->txn, id_of(row->beneficiary_id));
        for (size_t i = 0; i < files.count; i++) {
                const Tracking__BeneficiaryRow *person = tracking_beneficiary(work->txn, files.at[i], work->arena);
                Tracking__BeneficiaryRelocated relocated = TRACKING__BENEFICIARY_RELOCATED__INIT;
                if (person == NULL)
                        continue; /* the transaction has failed; its commit will tell */
                relocated.beneficiary_id = id_to(work->arena, files.at[i]);
                relocated.relocation_id = id_to(work->arena, id);
                relocated.from_territory = person->territory;
                relocated.to_territory = row->to_territory;
                relocated.prescriber = person->prescriber;
                relocated.moved_on = row->moved_on;
                work_record(work, &relocated.base);
        }
}
