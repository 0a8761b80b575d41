#include "services/contracts/needs/needs_access.h"

#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/ledger/ledger_rows.h"

bool access_need_company(const struct work *work, const Contracts__NeedDeclared *need)
{
        const Contracts__ObligationRecorded *obligation =
                contracts_obligation_find(work->txn, work->arena, id_of(need->obligation_id));
        return obligation != NULL && access_obligation(work, obligation);
}

bool access_need(const struct work *work, const Contracts__NeedDeclared *need)
{
        if (access_acts_as(work, TYPES__ROLE__PRESCRIBER))
                return passport_covers(work->actor, need->territory);
        if (!access_reads_all(work) && !access_acts_as(work, TYPES__ROLE__STRUCTURE))
                return access_need_company(work, need);
        if (!access_is_private(work, id_of(need->contract_id)))
                return true;
        return access_acts_as(work, TYPES__ROLE__STRUCTURE) ? passport_covers(work->actor, need->territory)
                                                            : access_need_company(work, need);
}
