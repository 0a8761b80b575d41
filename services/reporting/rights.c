/* Whose the things are that questions to reporting name. */
#include "services/reporting/rights.h"

#include "services/reporting/store.h"

#define FILTER        "a filter: the sums are of what may be read"
#define OWN_TERRITORY "not a thing of the store: refused where it is not the actor's"

/* A private contract: the coordinator, and the facilitators of its territories. */
static bool may_see_private(const struct work *work, const Reporting__ContractRow *contract)
{
        if (work->actor->role == TYPES__ROLE__COORDINATOR)
                return true;
        if (work->actor->role != TYPES__ROLE__FACILITATOR)
                return false;
        for (size_t i = 0; i < contract->n_territories; i++)
                if (passport_covers(work->actor, contract->territories[i]))
                        return true;
        return contract->n_territories == 0 && passport_covers(work->actor, contract->territory);
}

/* A buyer sees its own contracts only, known by the SIRET of its organisation; private ones are for theirs.
 */
static bool may_see(const struct work *work, const Reporting__ContractRow *contract)
{
        struct slice siret;
        if (work->actor->role != TYPES__ROLE__BUYER)
                return !contract->is_private || may_see_private(work, contract);
        struct id organisation = id_of(work->actor->organisation);
        return txn_get(work->txn, T_ORGANISATION, id_slice(&organisation), &siret) && siret.size > 0 &&
               slice_equal(siret, slice_of_text(contract->buyer_siret));
}

/* A facilitator speaks for the contracts of her territories: where it is carried out, or somebody owes hours. One of no
 * single department is every facilitator's. */
static bool is_own(const struct work *work, struct id id, const Reporting__ContractRow *contract)
{
        if (work->actor->role == TYPES__ROLE__COORDINATOR)
                return true;
        if (work->actor->role != TYPES__ROLE__FACILITATOR)
                return false;
        bool is_own = contract->territory[0] == '\0' || passport_covers(work->actor, contract->territory) ||
                      (contract->is_private && may_see_private(work, contract));
        struct scan scan = scan_prefix(work->txn, T_OBLIGATIONS, id_slice(&id));
        while (!is_own && scan_next(&scan)) {
                struct balance balance;
                struct key key = key_of_id(key_read_id(scan.key, sizeof(struct id)));
                row_get(work->txn, T_BALANCE, &key, &balance, sizeof(balance));
                is_own = balance.territory[0] != '\0' && passport_covers(work->actor, balance.territory);
        }
        scan_end(&scan);
        return is_own;
}

static enum standing standing_to(const struct work *work, struct id id)
{
        const Reporting__ContractRow *row = contract_get(work->txn, id, work->arena);
        if (row == NULL || !may_see(work, row))
                return STANDING_UNKNOWN;
        return is_own(work, id, row) ? STANDING_CHANGE : STANDING_READ;
}

static enum standing contract_standing(const struct work *work, const struct named *named)
{
        return standing_to(work, named->id);
}

static const struct named_thing contract = {
        .standing = contract_standing,
        .unknown = "Ce contrat n'est pas connu ici, ou n'est pas de votre ressort : vérifiez son identifiant.",
        .not_yours = "Ce contrat est suivi dans un autre département : son facilitateur note ce qui est envoyé.",
};

enum standing report_standing(const struct work *work, const Reporting__SentReportRow *row)
{
        if (row->sent->contract_id != NULL)
                return standing_to(work, id_of(row->sent->contract_id));
        switch ((int)work->actor->role) {
        case TYPES__ROLE__COORDINATOR: return STANDING_CHANGE;
        case TYPES__ROLE__FACILITATOR:
                return passport_covers(work->actor, row->sent->territory) ? STANDING_CHANGE : STANDING_READ;
        case TYPES__ROLE__AUDITOR: return STANDING_READ;
        default: return STANDING_UNKNOWN;
        }
}

static enum standing named_report_standing(const struct work *work, const struct named *named)
{
        const Reporting__SentReportRow *row = sent_get(work->txn, named->id, work->arena);
        return row == NULL ? STANDING_UNKNOWN : report_standing(work, row);
}

static const struct named_thing report = {
        .standing = named_report_standing,
        .unknown = "Cet envoi n'est pas connu ici, ou n'est pas de votre ressort : relisez la liste (SentReports).",
        .not_yours = "Ces chiffres sont ceux d'un autre département : son facilitateur retire cet envoi.",
};

static const struct right_row rows[] = {
        {"ContractStatement", "contract_id", RIGHT_READ, &contract, NULL},
        {"Consolidation", "territory", RIGHT_NONE, NULL, FILTER},
        {"NoteReportSent", "contract_id", RIGHT_CHANGE, &contract, NULL},
        {"NoteReportSent", "territory", RIGHT_NONE, NULL, OWN_TERRITORY},
        {"WithdrawSentReport", "report_id", RIGHT_CHANGE, &report, NULL},
        {"SentReports", "contract_id", RIGHT_READ, &contract, NULL},
        {"FrozenReport", "report_id", RIGHT_READ, &report, NULL},
};

const struct rights reporting_rights = {rows, ARRAY_SIZE(rows)};
