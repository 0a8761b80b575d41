#include "services/contracts/ledger/ledger_access.h"

#include <string.h>

#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/record/buyers.h"
#include "services/contracts/record/company.h"

struct id obligation_company(const struct work *work, const Contracts__ObligationRecorded *obligation)
{
        return company_of(work, obligation->contractor_organisation, obligation->contractor_siret);
}

static bool is_contractor(const struct work *work, const Contracts__ObligationRecorded *obligation)
{
        struct id organisation = obligation_company(work, obligation);
        return !id_is_zero(organisation) && passport_is_organisation(work->actor, organisation);
}

static bool has_obligation_of(const struct work *work, struct id contract_id)
{
        struct walk walk;
        struct id id;
        bool found = false;

        contracts_walk_obligations_of_contract(work->txn, contract_id, slice_of(NULL, 0), &walk);
        while (!found && walk_next(&walk, &id)) {
                const Contracts__ObligationRecorded *obligation = contracts_obligation_find(work->txn, work->arena, id);
                found = obligation != NULL && is_contractor(work, obligation);
        }
        walk_end(&walk);
        return found;
}

/* A private contract is not the public's: the region, the facilitators of its territories, its client and contractors.
 */
static bool reads_contract(const struct work *work, struct id contract_id, const Contracts__ContractRecord *contract)
{
        if (contract->kind != CONTRACTS__CONTRACT_KIND__PRIVATE)
                return access_reads_all(work);
        return access_acts_as(work, TYPES__ROLE__COORDINATOR) ||
               (access_acts_as(work, TYPES__ROLE__FACILITATOR) && access_file(work, contract_id, contract));
}

bool access_leads(const struct work *work, struct id contract_id)
{
        char siret[SIRET_TEXT_SIZE];
        const Contracts__ContractRecord *contract = contracts_record_find(work->txn, work->arena, contract_id);
        return contract != NULL && access_acts_as(work, TYPES__ROLE__BUYER) && access_own_siret(work, siret) &&
               strcmp(siret, contract->buyer_siret) == 0;
}

bool access_contract(const struct work *work, struct id contract_id, const Contracts__ContractRecord *contract)
{
        char siret[SIRET_TEXT_SIZE];

        if (reads_contract(work, contract_id, contract))
                return true;
        if (access_acts_as(work, TYPES__ROLE__BUYER))
                return access_own_siret(work, siret) &&
                       buyers_has(contract, contracts_file_find(work->txn, work->arena, contract_id), siret);
        return access_acts_as(work, TYPES__ROLE__COMPANY) && has_obligation_of(work, contract_id);
}

bool access_obligation(const struct work *work, const Contracts__ObligationRecorded *obligation)
{
        if (access_acts_as(work, TYPES__ROLE__COMPANY))
                return is_contractor(work, obligation);
        struct id contract_id = id_of(obligation->contract_id);
        const Contracts__ContractRecord *contract = contracts_record_find(work->txn, work->arena, contract_id);
        return contract != NULL && access_contract(work, contract_id, contract);
}
