/* cases.c: a case of control, opened, closed and read. */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "common/base/text.h"
#include "common/service/page.h"
#include "services/contracts/control/control_views.h"
#include "services/contracts/control/ground.h"
#include "services/contracts/control/ladder.h"
#include "services/contracts/control/listing.h"
#include "services/contracts/control/opening.h"
#include "services/contracts/control/penalty.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

/* open_case: something is wrong with an obligation: the first step of the ladder. Its ground is checked, not believed.
 * Caller: facilitator (of one of the obligation's territories), coordinator.  Emits: CaseOpened.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (ground, period_end, reason), WRONG_STATE (no plan; the ground is not
 * so), ALREADY_EXISTS (a case is open on it, or lateness from the same date was penalised). */
struct reply handle_open_case(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__OpenCase *command = (const Contracts__OpenCase *)message;
        struct refusal refusal;
        struct loaded_control loaded;

        work_as_of(work, command->opened_on);
        if (!loaded_control_of_obligation(work, command->obligation_id, &loaded, &refusal) ||
            !opening_decide(work, &loaded, command, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__CaseOpened *body = opening_event(work, &loaded, command);
        work_record(work, &body->base);

        Contracts__OpenCaseReply *reply = pb_new(&contracts__open_case_reply__descriptor, work->arena);
        reply->case_id = body->case_id;
        return reply_ok(work, reply);
}

/* close_case: a case ends: the company made good, the buyer's decision settled it, or it was opened by mistake.
 * Caller: facilitator (of one of the obligation's territories), coordinator, until the formal notice is served and
 * after the decision; the contract's buyer at any step.  Emits: CaseClosed. Refuses: NOT_FOUND, NOT_ALLOWED,
 * INVALID_FIELD (outcome, reason), WRONG_STATE. */
static bool check_outcome(const struct work *work, const Contracts__CloseCase *command,
                          const struct loaded_control *loaded, struct refusal *ret_refusal)
{
        struct refusal why;
        switch (command->outcome) {
        case CONTRACTS__CASE_OUTCOME__MADE_GOOD:
                return !case_stands(work, loaded, &why) ||
                       refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "outcome",
                              "L'entreprise n'est pas en règle : enregistrez ce qui manque, ou poursuivez le dossier.");
        case CONTRACTS__CASE_OUTCOME__SETTLED:
                return case_is_decided(loaded->record) ||
                       refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "outcome",
                              "Le dossier n'est pas réglé : il manque la décision de l'acheteur.");
        default: /* OPENED_BY_MISTAKE */
                if (loaded->record->decision != NULL)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "outcome",
                                      "L'acheteur a décidé : le dossier n'est plus une erreur. Clôturez-le comme "
                                      "réglé.");
                return !text_is_empty(command->reason) ||
                       refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason",
                              "Dites pourquoi le dossier a été ouvert par erreur.");
        }
}

static bool may_close(const struct work *work, const Contracts__CloseCase *command, const struct loaded_control *loaded,
                      struct refusal *ret_refusal)
{
        return ladder_allows(loaded->record, LADDER_CLOSE, acts_as_buyer(work), ret_refusal) &&
               check_outcome(work, command, loaded, ret_refusal);
}

struct reply handle_close_case(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__CloseCase *command = (const Contracts__CloseCase *)message;
        struct refusal refusal;
        struct loaded_control loaded;

        if (!case_step_on(work, command->case_id, command->closed_on, "closed_on", &refusal) ||
            !loaded_control_of_case(work, command->case_id, &loaded, &refusal) ||
            !may_close(work, command, &loaded, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__CaseClosed body = CONTRACTS__CASE_CLOSED__INIT;
        body.case_id = loaded.record->case_id;
        body.obligation_id = loaded.record->obligation_id;
        body.contract_id = loaded.record->contract_id;
        body.outcome = command->outcome;
        body.reason = command->reason;
        body.closed_on = day_to(work->arena, work->today);
        work_record(work, &body.base);

        Contracts__CloseCaseReply *reply = pb_new(&contracts__close_case_reply__descriptor, work->arena);
        reply->case_id = body.case_id;
        return reply_ok(work, reply);
}

/* cases: cases of control, newest first; of an obligation, a territory, a buyer; all, or those that are open.
 * Caller: facilitator, coordinator, auditor: all; buyer: those of its contracts; company: its own.
 * Refuses: INVALID_FIELD (territory, buyer_siret), NOT_ALLOWED. */
static Contracts__CaseView *view_of(const struct work *work, const Contracts__CasesRequest *query,
                                    const struct listing *listing, struct id id)
{
        struct loaded_control loaded;
        Contracts__ControlCase *record = control_case_find(work->txn, work->arena, id);
        if (record == NULL || (query->open_only && !case_is_open(record)))
                return NULL;
        const Contracts__ObligationRecorded *obligation =
                contracts_obligation_find(work->txn, work->arena, id_of(record->obligation_id));
        if (obligation == NULL || !listing_holds(work, listing, obligation) ||
            !loaded_control_read(work, obligation, &loaded))
                return NULL;
        return view_case(work, &loaded, record);
}

struct reply handle_cases(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__CasesRequest *query = (const Contracts__CasesRequest *)message;
        Contracts__CasesReply *reply = pb_new(&contracts__cases_reply__descriptor, work->arena);
        struct listing_query filter = {query->territory, query->buyer_siret, NULL};
        struct page page = page_begin(work, query->page, &reply->base);
        struct listing listing;
        struct refusal refusal;
        struct walk walk;
        struct id id;

        if (!listing_scope(work, &filter, &listing, &refusal))
                return reply_refusal(work, &refusal);
        if (id_is_zero(id_of(query->obligation_id)))
                control_walk_cases(work->txn, page.after, &walk);
        else
                control_walk_cases_of(work->txn, id_of(query->obligation_id), page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                Contracts__CaseView *view = view_of(work, query, &listing, id);
                if (view != NULL)
                        page_add(&page, view);
        }
        return page_reply(&page);
}

/* case_by_id: a case of control, with what comes next and who does it.
 * Caller: facilitator, coordinator, auditor; the contract's buyer; the company, without what is not yet hers to read.
 * Refuses: NOT_FOUND, NOT_ALLOWED. */
struct reply handle_case_by_id(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__CaseById *query = (const Contracts__CaseById *)message;
        struct refusal refusal;
        struct loaded_control loaded;

        if (!loaded_control_of_case(work, query->case_id, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        return reply_ok(work, view_case(work, &loaded, loaded.record));
}
