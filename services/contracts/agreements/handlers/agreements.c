/* agreements.c: agreements as they are read: listed, printed, and what none covers. */
#include "contracts/calls.h"
#include "services/contracts/agreements/letterhead.h"
#include "services/contracts/agreements/agreements.h"

#include <string.h>

#include "common/service/page.h"
#include "services/contracts/agreements/agreement_print.h"
#include "services/contracts/agreements/agreement_views.h"
#include "services/contracts/agreements/fee.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

/* agreements: a page of agreements, newest first; of one buyer, in one state, or to be renewed soon.
 * Caller: facilitator, coordinator, auditor: all; buyer: its own.  Refuses: INVALID_FIELD (buyer_siret), NOT_ALLOWED.
 */
struct filter {
        char siret[SIRET_TEXT_SIZE]; /* "": everybody's */
        Contracts__AgreementState state;
        bool to_renew;
        uint32_t within_days;
};

static bool scope(const struct work *work, const Contracts__AgreementsRequest *query, struct filter *ret,
                  struct refusal *ret_refusal)
{
        *ret = (struct filter){.state = query->state, .to_renew = query->to_renew};
        ret->within_days = query->within_days > 0 ? query->within_days : agreement_warning_days(work);
        memcpy(ret->siret, query->buyer_siret, strlen(query->buyer_siret) + 1);
        /* Security: a buyer lists its own agreements, whatever it asks. */
        if (work->actor->role != TYPES__ROLE__BUYER)
                return true;
        if (!access_own_siret(work, ret->siret))
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                        "Le SIRET de votre organisation n'est pas connu : demandez au facilitateur de compléter sa "
                        "fiche dans l'annuaire.");
        return true;
}

static bool passes(const struct work *work, const struct filter *filter, const Contracts__AgreementRow *row)
{
        struct day decide_by;
        if (filter->state != CONTRACTS__AGREEMENT_STATE__AGREEMENT_STATE_UNKNOWN &&
            agreement_state(row, work->today) != filter->state)
                return false;
        return !filter->to_renew || (agreement_decide_by(row, work->today, &decide_by) &&
                                     day_number(decide_by) - day_number(work->today) <= (int64_t)filter->within_days);
}

struct reply handle_agreements(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AgreementsRequest *query = (const Contracts__AgreementsRequest *)message;
        Contracts__AgreementsReply *reply = pb_new(&contracts__agreements_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct refusal refusal;
        struct filter filter;
        struct walk walk;
        struct id id;

        if (!scope(work, query, &filter, &refusal))
                return reply_refusal(work, &refusal);
        if (filter.siret[0] == '\0')
                agreements_walk(work->txn, page.after, &walk);
        else
                agreements_walk_of_buyer(work->txn, filter.siret, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                const Contracts__AgreementRow *row = agreement_row_find(work->txn, work->arena, id);
                /* Security: only what is theirs to see. */
                if (row != NULL && access_agreement(work, row->agreement) && passes(work, &filter, row))
                        page_add(&page, view_agreement(work, row));
        }
        reply->within_days = filter.within_days;
        return page_reply(&page);
}

/* agreement_text: the draft of an agreement to print.
 * Caller: facilitator, coordinator, auditor; its own buyer.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (what is missing, named all at once). */
static struct agreement_matter matter_of(const struct work *work, const Contracts__Agreement *agreement,
                                         struct to_confirm *list)
{
        const struct letterhead buyer = {agreement->buyer_siret, agreement->buyer_name, "de l'acheteur"};
        const struct letterhead carrier = {agreement->carrier_siret, agreement->carrier_name,
                                           "de la structure porteuse"};
        return (struct agreement_matter){rules_on(work, DATED_AGREEMENT_TEXTS, work->today),
                                         letterhead_address(work, &buyer, list),
                                         letterhead_address(work, &carrier, list)};
}

struct reply handle_agreement_text(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AgreementTextRequest *query = (const Contracts__AgreementTextRequest *)message;
        struct agreement_print print;
        struct refusal refusal;

        const Contracts__AgreementRow *row = agreement_require(work, query->agreement_id, &refusal);
        if (row == NULL)
                return reply_refusal(work, &refusal);
        struct to_confirm list = {.arena = work->arena};
        struct agreement_matter matter = matter_of(work, row->agreement, &list);
        if (!agreement_print(row->agreement, &matter, work->arena, &print, &refusal))
                return reply_refusal(work, &refusal);
        for (size_t i = 0; i < print.to_confirm_count; i++)
                to_confirm_add(&list, print.to_confirm[i]);
        const Contracts__AgreementRulesVersion *rules = rules_on(work, DATED_AGREEMENTS, work->today);
        fee_doubt(row->agreement->fee, rules->hour_fee, &list);

        Contracts__AgreementTextReply *reply = pb_new(&contracts__agreement_text_reply__descriptor, work->arena);
        reply->title = (char *)(uintptr_t)print.title;
        reply->text = print.text;
        reply->version = (char *)(uintptr_t)print.version;
        reply->source = (char *)(uintptr_t)print.source;
        reply->to_confirm = list.texts;
        reply->n_to_confirm = list.count;
        return reply_ok(work, reply);
}

/* uncovered_contracts: the contracts followed here that no agreement of their buyer covers on their date, oldest
 * first, each with why.
 * Caller: facilitator, coordinator, auditor: all; buyer: its own.  Refuses: INVALID_FIELD (buyer_siret), NOT_ALLOWED.
 */
static bool scope_of_uncovered(const struct work *work, const Contracts__UncoveredContractsRequest *query,
                               char ret_siret[SIRET_TEXT_SIZE], struct refusal *ret_refusal)
{
        memcpy(ret_siret, query->buyer_siret, strlen(query->buyer_siret) + 1);
        /* Security: a buyer lists its own contracts, whatever it asks. */
        if (work->actor->role == TYPES__ROLE__BUYER && !access_own_siret(work, ret_siret))
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                        "Le SIRET de votre organisation n'est pas connu : demandez au facilitateur de compléter sa "
                        "fiche dans l'annuaire.");
        return true;
}

/* The line of a contract, or NULL where an agreement covers it or it is not for the one who asks. */
static Contracts__UncoveredContract *line_of(const struct work *work, struct id id, const char *siret)
{
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
        if (record == NULL || (siret[0] != '\0' && strcmp(siret, record->buyer_siret) != 0) ||
            !access_contract(work, id, record)) /* Security: private ones are for their own */
                return NULL;
        struct agreement_contract contract =
                agreement_contract_of(work, record, contracts_file_find(work->txn, work->arena, id));
        enum coverage nearest;
        if (agreement_covering(work, &contract, &nearest) != NULL)
                return NULL;

        Contracts__UncoveredContract *line = pb_new(&contracts__uncovered_contract__descriptor, work->arena);
        line->contract_id = id_to(work->arena, id);
        line->number = record->number;
        line->buyer_siret = record->buyer_siret;
        line->buyer_name = record->buyer_name;
        line->object = record->object;
        line->dated_on = day_to(work->arena, contract.dated_on);
        line->reason = (char *)(uintptr_t)coverage_reason(nearest);
        return line;
}

struct reply handle_uncovered_contracts(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__UncoveredContractsRequest *query = (const Contracts__UncoveredContractsRequest *)message;
        Contracts__UncoveredContractsReply *reply =
                pb_new(&contracts__uncovered_contracts_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct refusal refusal;
        struct followed_walk walk;
        bool followed;
        struct id id = {0};
        char siret[SIRET_TEXT_SIZE];

        if (!scope_of_uncovered(work, query, siret, &refusal))
                return reply_refusal(work, &refusal);
        if (page.after.size != 0 && page.after.size != sizeof(id.b))
                return page_refuse(work);
        if (page.after.size != 0)
                id = key_read_id(page.after, 0);
        followed_walk(work->txn, work->arena, id, &walk);
        while (followed_next(&walk, &id, &followed) &&
               page_goes_on(&page, arena_copy_slice(work->arena, id_slice(&id)))) {
                Contracts__UncoveredContract *line = followed ? line_of(work, id, siret) : NULL;
                if (line != NULL)
                        page_add(&page, line);
        }
        followed_end(&walk);
        return page_reply(&page);
}
