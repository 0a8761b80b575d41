/* assign_obligation: another company takes the contract over (cession, merger), or the same one has another SIRET:
 * what remains is its own from now on. The ledger goes on as it is: what the former one did stays done; cases and
 * penalties go on too. With `everywhere`, so does all that the same SIRET owes, as far as the one who asks may change
 * it; each is withdrawn in its own contract.
 * Caller: facilitator (of one of its departments), coordinator.  Emits: ObligationAssigned, for each obligation.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (contractor, reference, assigned_on, kind), ALREADY_EXISTS (that
 * company owes hours of this clause already: transfer them), WRONG_STATE (contract ended). */
#include "contracts/calls.h"

#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/assigning.h"
#include "services/contracts/record/access.h"

enum { OTHERS_MAX = 90 }; /* of one act: each may tell others, too; beyond, it is told again from another one */

/* Those that the same SIRET owes, by their ids: recording moves the index that is walked. */
struct others {
        struct id list[OTHERS_MAX];
        size_t count;
        uint32_t left_out;
};

static bool may_change(const struct work *work, const Contracts__ObligationRecorded *obligation)
{
        return access_obligation(work, obligation) &&
               access_territories(work, obligation->territories, obligation->n_territories);
}

static bool is_private(const struct loaded_obligation *loaded)
{
        return loaded->contract->kind == CONTRACTS__CONTRACT_KIND__PRIVATE;
}

/* What ended before that day stays with who owed it then. Security: the papers of a private contract are cited in no
 * other. */
static void add_other(const struct work *work, const struct loaded_obligation *first, struct id id,
                      const struct taking_over *taking, struct others *others)
{
        struct loaded_obligation loaded;
        struct refusal ignored;
        if (!loaded_obligation_find(work, id_to(work->arena, id), "", &loaded, &ignored) ||
            !loaded_obligation_going_on(&loaded, taking->on, &ignored))
                return;
        if (others->count == OTHERS_MAX || (is_private(first) && !is_private(&loaded)) ||
            !may_change(work, loaded.obligation) || !assigning_admits(work, &loaded, taking, &ignored))
                others->left_out++;
        else
                others->list[others->count++] = id;
}

static void find_others(const struct work *work, const struct loaded_obligation *first,
                        const struct taking_over *taking, struct others *others)
{
        struct walk walk;
        struct id id;
        contracts_walk_obligations_of_contractor(work->txn, first->obligation->contractor_siret, slice_of(NULL, 0),
                                                 &walk);
        while (walk_next(&walk, &id))
                if (!id_equal(id, first->id))
                        add_other(work, first, id, taking, others);
        walk_end(&walk);
}

static void record_others(struct work *work, const struct others *others, const struct taking_over *taking)
{
        struct loaded_obligation loaded;
        struct refusal ignored;
        for (size_t i = 0; i < others->count; i++)
                if (loaded_obligation_find(work, id_to(work->arena, others->list[i]), "", &loaded, &ignored))
                        work_record(work, &assigning_event(work, &loaded, taking)->base);
}

static bool check_kind(const Contracts__AssignObligation *command, struct refusal *ret_refusal)
{
        return command->kind != CONTRACTS__ASSIGNMENT_KIND__BY_SUBSTITUTION ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "kind",
                      "Qui remplace un membre parti se dit avec le départ de celui-ci (LeaveGroup).");
}

struct reply handle_assign_obligation(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AssignObligation *command = (const Contracts__AssignObligation *)message;
        struct taking_over taking = {command->contractor_siret, command->contractor_name, NULL,
                                     command->reference,        command->assigned_on,     command->kind};
        struct others others = {.count = 0};
        struct refusal refusal;
        struct loaded_obligation loaded;

        if (!id_is_zero(id_of(command->contractor_organisation)))
                taking.organisation = command->contractor_organisation;
        if (!check_kind(command, &refusal) ||
            !loaded_obligation_find(work, command->obligation_id, "obligation_id", &loaded, &refusal) ||
            !assigning_admits(work, &loaded, &taking, &refusal))
                return reply_refusal(work, &refusal);
        if (command->everywhere)
                find_others(work, &loaded, &taking, &others);
        work_record(work, &assigning_event(work, &loaded, &taking)->base);
        record_others(work, &others, &taking);

        Contracts__AssignObligationReply *reply = pb_new(&contracts__assign_obligation_reply__descriptor, work->arena);
        reply->obligation_id = loaded.obligation->obligation_id;
        reply->remaining = hours_to(work->arena, loaded.ledger.balance[ACCOUNT_DUE]);
        reply->others = (uint32_t)others.count;
        reply->left_out = others.left_out;
        return reply_ok(work, reply);
}
