/* leave_group: a member of a group leaves it, or fails: from that day the calendar asks nothing of it. The hours that
 * it did stay its own; the others pass to another member, are taken over by a company in its place, are let go by the
 * buyer, or are still owed. Its open needs are closed, unless another company takes its place.
 * Caller: the contract's buyer; facilitator (of one of its departments), coordinator.  Emits: MemberLeft; then
 * ObligationAssigned, or NeedClosed for each need.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (left_on, leaving, reason, fate, hours, taker_id, substitute_siret,
 * lead_id, decision), WRONG_STATE (left already, alone on its lot, more hours than remain). */
#include "contracts/calls.h"

#include "common/base/french.h"
#include "services/contracts/control/control_rows.h"
#include "services/contracts/control/ladder.h"
#include "services/contracts/groups/leaving.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/needs/needs_rows.h"
#include "services/contracts/obligations/assigning.h"

#define FATE(NAME) CONTRACTS__LEFT_HOURS__LEFT_##NAME

/* ---- what follows */

struct open_needs {
        Types__Id **list;
        size_t count;
};

static struct open_needs open_needs_of(const struct work *work, const Contracts__ObligationRecorded *obligation)
{
        struct open_needs needs = {0};
        struct walk walk;
        struct id id;
        needs_walk_of_contract(work->txn, id_of(obligation->contract_id), slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                const Contracts__NeedRow *row = needs_find(work->txn, work->arena, id);
                if (row == NULL || row->state != CONTRACTS__NEED_STATE__NEED_OPEN ||
                    !id_equal(id_of(row->need->obligation_id), id_of(obligation->obligation_id)))
                        continue;
                needs.list = pb_append(needs.list, &needs.count, sizeof(*needs.list), work->arena);
                needs.list[needs.count - 1] = id_to(work->arena, id);
        }
        walk_end(&walk);
        return needs;
}

static void close_needs(struct work *work, const struct leaving *leaving, const struct open_needs *needs,
                        Types__Day *left_on)
{
        static char reason[] = "l'entreprise a quitté le groupement";
        for (size_t i = 0; i < needs->count; i++) {
                Contracts__NeedClosed body = CONTRACTS__NEED_CLOSED__INIT;
                body.contract_id = leaving->loaded.obligation->contract_id;
                body.need_id = needs->list[i];
                body.state = CONTRACTS__NEED_STATE__NEED_WITHDRAWN;
                body.reason = reason;
                body.closed_on = left_on;
                work_record(work, &body.base);
        }
}

static void record_substitute(struct work *work, const Contracts__LeaveGroup *command, const struct leaving *leaving,
                              const struct taking_over *substitute)
{
        if (command->fate == FATE(SUBSTITUTED))
                work_record(work, &assigning_event(work, &leaving->loaded, substitute)->base);
}

/* ---- recorded */

static void record_left(struct work *work, const Contracts__LeaveGroup *command, const struct leaving *leaving)
{
        struct postings postings = leaving_postings(work, command, leaving);
        Contracts__MemberLeft body = CONTRACTS__MEMBER_LEFT__INIT;
        body.contract_id = leaving->loaded.obligation->contract_id;
        body.obligation_id = leaving->loaded.obligation->obligation_id;
        body.left_on = command->left_on;
        body.leaving = command->leaving;
        body.reason = command->reason;
        body.decision = leaving->decision;
        body.fate = command->fate;
        body.hours = hours_to(work->arena, leaving->hours);
        body.name = leaving->loaded.obligation->contractor_name;
        if (leaving->taker != NULL) {
                body.taker_id = leaving->taker->obligation->obligation_id;
                body.taker_name = leaving->taker->obligation->contractor_name;
        } else if (command->fate == FATE(SUBSTITUTED)) {
                body.taker_name = command->substitute_name;
        }
        if (leaving->lead != NULL) {
                body.lead_id = leaving->lead->obligation->obligation_id;
                body.lead_name = leaving->lead->obligation->contractor_name;
        }
        body.postings = postings.list;
        body.n_postings = postings.count;
        work_record(work, &body.base);
}

/* ---- what is to be done next */

static void add_note(const struct work *work, Contracts__LeaveGroupReply *reply, char *note)
{
        reply->notes = pb_append(reply->notes, &reply->n_notes, sizeof(*reply->notes), work->arena);
        reply->notes[reply->n_notes - 1] = note;
}

static size_t open_cases(const struct work *work, struct id obligation)
{
        struct walk walk;
        struct id id;
        size_t count = 0;
        control_walk_cases_of(work->txn, obligation, slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                const Contracts__ControlCase *record = control_case_find(work->txn, work->arena, id);
                count += record != NULL && case_is_open(record);
        }
        walk_end(&walk);
        return count;
}

static void add_notes(const struct work *work, const Contracts__LeaveGroup *command, const struct leaving *leaving,
                      Contracts__LeaveGroupReply *reply)
{
        size_t cases = open_cases(work, leaving->loaded.id);
        if (cases > 0)
                add_note(work, reply,
                         arena_printf(
                                 work->arena,
                                 "Dossiers de contrôle encore ouverts : %zu. Ils suivent les heures qui restent dues "
                                 "; s'il n'en reste pas, clôturez-les (CloseCase).",
                                 cases));
        if (hours_hundredths(hours_of(reply->remaining)) > 0 && command->fate != FATE(SUBSTITUTED))
                add_note(work, reply,
                         arena_printf(work->arena, "%s restent dues par l'entreprise ou son liquidateur.",
                                      french_hours(work->arena, hours_of(reply->remaining))));
        add_note(work, reply,
                 arena_text(work->arena, "Les contrats de travail en cours sur cette obligation sont signalés dans le "
                                         "suivi : voyez avec chaque employeur s'ils continuent, et pour qui."));
}

struct reply handle_leave_group(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__LeaveGroup *command = (const Contracts__LeaveGroup *)message;
        Contracts__LeaveGroupReply *reply = pb_new(&contracts__leave_group_reply__descriptor, work->arena);
        struct taking_over substitute = {.siret = command->substitute_siret,
                                         .name = command->substitute_name,
                                         .on = command->left_on,
                                         .kind = CONTRACTS__ASSIGNMENT_KIND__BY_SUBSTITUTION};
        struct open_needs needs = {0};
        struct leaving leaving;
        struct refusal refusal;

        if (!leaving_find(work, command, &leaving, &refusal))
                return reply_refusal(work, &refusal);
        substitute.reference = leaving.decision->reference;
        if (!id_is_zero(id_of(command->substitute_organisation)))
                substitute.organisation = command->substitute_organisation;
        if (command->fate != FATE(SUBSTITUTED))
                needs = open_needs_of(work, leaving.loaded.obligation);
        else if (!assigning_admits(work, &leaving.loaded, &substitute, &refusal))
                return reply_refusal(work, &refusal);
        record_left(work, command, &leaving);
        record_substitute(work, command, &leaving, &substitute);
        close_needs(work, &leaving, &needs, command->left_on);

        struct ledger ledger = contracts_ledger(work->txn, work->arena, leaving.loaded.id);
        reply->remaining = hours_to(work->arena, ledger.balance[ACCOUNT_DUE]);
        reply->closed_needs = (uint32_t)needs.count;
        add_notes(work, command, &leaving, reply);
        return reply_ok(work, reply);
}
