#include "contracts/calls.h"

#include "common/base/require.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/obligations.h"
#include "services/contracts/obligations/parts.h"
#include "services/contracts/record/telling.h"

static void put_role(const struct change *change, const Types__Id *id, Contracts__GroupRole role)
{
        Contracts__ObligationRecorded *row = contracts_obligation_find(change->txn, change->arena, id_of(id));
        if (row == NULL) {
                require(txn_error(change->txn) != 0); /* an obligation of a group is there while a member may leave */
                return;
        }
        row->group_role = role;
        contracts_obligation_reassign(change->txn, change->arena, row);
}

/* What begins later is not its own. */
static void put_departure(const struct change *change, const Contracts__MemberLeft *body)
{
        Contracts__ContractFile *file = contracts_file_of(change->txn, change->arena, body->contract_id);
        Contracts__PartDeparture departure = CONTRACTS__PART_DEPARTURE__INIT;
        departure.obligation_id = body->obligation_id;
        departure.left_on = body->left_on;
        departure.taker_id = body->taker_id;
        departure.number = change->event->number;
        parts_add_departure(file, &departure, change->arena);
        contracts_file_put(change->txn, change->arena, file);
}

void apply_member_left(const struct change *change, const Contracts__MemberLeft *body)
{
        Contracts__ObligationRecorded *row =
                contracts_obligation_find(change->txn, change->arena, id_of(body->obligation_id));
        if (row == NULL) {
                require(txn_error(change->txn) != 0);
                return;
        }
        if (body->fate != CONTRACTS__LEFT_HOURS__LEFT_SUBSTITUTED) { /* else the account goes on under another name */
                Contracts__MemberLeft left = *body;
                left.n_postings = 0; /* the account has them */
                row->left = &left;
                contracts_obligation_reassign(change->txn, change->arena, row);
                put_departure(change, body);
        }
        if (body->lead_id != NULL) {
                put_role(change, body->obligation_id, CONTRACTS__GROUP_ROLE__GROUP_MEMBER);
                put_role(change, body->lead_id, CONTRACTS__GROUP_ROLE__GROUP_LEAD);
        }
        obligations_apply_postings(change, body->postings, body->n_postings);
}

/* ---- told */

static const char *why(Contracts__LeavingReason leaving)
{
        switch (leaving) {
        case CONTRACTS__LEAVING_REASON__IN_LIQUIDATION: return "liquidation";
        case CONTRACTS__LEAVING_REASON__EXCLUDED: return "exclusion";
        default: return "retrait";
        }
}

static const char *fate(const struct telling *telling, const Contracts__MemberLeft *body)
{
        struct arena *arena = telling->arena;
        switch (body->fate) {
        case CONTRACTS__LEFT_HOURS__LEFT_TAKEN_OVER:
                return arena_printf(arena, "%s reprend %s", body->taker_name, told_hours(telling, body->hours));
        case CONTRACTS__LEFT_HOURS__LEFT_SUBSTITUTED: return arena_printf(arena, "%s prend sa place", body->taker_name);
        case CONTRACTS__LEFT_HOURS__LEFT_WAIVED:
                return arena_printf(arena, "l'acheteur renonce à %s", told_hours(telling, body->hours));
        default: return "les heures qui restent sont encore dues par elle ou son liquidateur";
        }
}

void tell_member_left(struct telling *telling, const Contracts__MemberLeft *body)
{
        const char *decided = body->decision->by_buyer ? "décision de l'acheteur lui-même"
                                                       : arena_printf(telling->arena, "acte de l'acheteur : %s",
                                                                      body->decision->reference);
        const char *lead = *body->lead_name == '\0'
                                   ? ""
                                   : arena_printf(telling->arena, " ; %s devient mandataire", body->lead_name);
        tell(telling, "%s a quitté le groupement le %s (%s, %s du %s) : %s%s. %s", body->name,
             told_day(telling, body->left_on), why(body->leaving), decided,
             told_day(telling, body->decision->decided_on), fate(telling, body), lead, body->reason);
}
