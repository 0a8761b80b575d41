/* obligations.c: obligations as they are read. */
#include "contracts/calls.h"
#include "services/contracts/obligations/obligations.h"

#include <stdlib.h>

#include "common/service/page.h"
#include "services/contracts/ledger/ledger.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/group_buyers.h"
#include "services/contracts/obligations/members.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/obligations/obligations_views.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/company.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

/* obligations: a page of what is owed, oldest first; of one contract, of one company, or of both.
 * Caller: facilitator, coordinator, auditor: all; buyer: those of its contracts; company: its own. */
/* What the list is walked by, and what is then left out of it. Zero ids and "" mean any. */
struct filter {
        struct id contract;
        struct id organisation;
        char buyer_siret[SIRET_TEXT_SIZE];
};

static bool scope_of_company(struct work *work, struct filter *filter, struct refusal *ret_refusal)
{
        struct id own = id_of(work->actor->organisation);

        if (id_is_zero(own))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                              "Votre compte n'est rattaché à aucune entreprise : demandez au facilitateur de le "
                              "compléter.");
        if (!id_is_zero(filter->organisation) && !id_equal(filter->organisation, own))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "contractor_organisation",
                              "Ces obligations sont celles d'une autre entreprise : laissez ce champ vide pour lister "
                              "les vôtres.");
        filter->organisation = own;
        return true;
}

static bool scope(struct work *work, const Contracts__ObligationsRequest *query, struct filter *ret,
                  struct refusal *ret_refusal)
{
        *ret = (struct filter){.contract = id_of(query->contract_id),
                               .organisation = id_of(query->contractor_organisation)};
        /* Security: a company lists its own obligations, a buyer those of its contracts, whatever they ask. */
        if (work->actor->role == TYPES__ROLE__COMPANY)
                return scope_of_company(work, ret, ret_refusal);
        if (work->actor->role == TYPES__ROLE__BUYER && !access_own_siret(work, ret->buyer_siret))
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                        "Le SIRET de votre organisation n'est pas connu : demandez au facilitateur de compléter sa "
                        "fiche dans l'annuaire.");
        return true;
}

/* By the narrowest index that holds all that may be shown. A buyer's own is the one that must not be left. */
static void walk_by(struct work *work, const struct filter *filter, struct slice after, struct walk *ret)
{
        char siret[SIRET_TEXT_SIZE];
        if (filter->buyer_siret[0] != '\0')
                contracts_walk_obligations_of_buyer(work->txn, filter->buyer_siret, after, ret);
        else if (!id_is_zero(filter->contract))
                contracts_walk_obligations_of_contract(work->txn, filter->contract, after, ret);
        else if (!id_is_zero(filter->organisation)) {
                company_siret(work, filter->organisation, siret);
                contracts_walk_obligations_of_organisation(work->txn, filter->organisation, siret, after, ret);
        } else
                contracts_walk_obligations(work->txn, after, ret);
}

static bool passes(const struct work *work, const struct filter *filter,
                   const Contracts__ObligationRecorded *obligation)
{
        return (id_is_zero(filter->contract) || id_equal(filter->contract, id_of(obligation->contract_id))) &&
               (id_is_zero(filter->organisation) ||
                id_equal(filter->organisation, obligation_company(work, obligation)));
}

struct reply handle_obligations(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ObligationsRequest *query = (const Contracts__ObligationsRequest *)message;
        Contracts__ObligationsReply *reply = pb_new(&contracts__obligations_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct refusal refusal;
        struct filter filter;
        struct walk walk;
        struct id id;

        if (!scope(work, query, &filter, &refusal))
                return reply_refusal(work, &refusal);
        walk_by(work, &filter, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                const Contracts__ObligationRecorded *obligation = contracts_obligation_find(work->txn, work->arena, id);
                /* Security: obligations of a private contract are for its own. */
                if (obligation != NULL && passes(work, &filter, obligation) && access_obligation(work, obligation))
                        page_add(&page, view_of_obligation(work, obligation));
        }
        return page_reply(&page);
}

/* obligation_by_id: what a company owes, and the entries of its ledger, oldest first.
 * Caller: facilitator, coordinator, auditor; the contract's buyer; the company that owes. */
/* The newest of them: more would be more rows than a query may look at. Their numbers tell that there are others. */
enum { ENTRIES_MAX = 2000 };

static void add_entries(struct work *work, struct id obligation_id, Contracts__ObligationView *view)
{
        struct ledger ledger = contracts_ledger(work->txn, work->arena, obligation_id);
        uint32_t from = ledger.entries > ENTRIES_MAX ? ledger.entries - ENTRIES_MAX + 1 : 1;
        Contracts__LedgerEntry *entry;
        struct walk walk;

        contracts_walk_entries(work->txn, obligation_id, from, &walk);
        while ((entry = contracts_walk_next_entry(&walk, work->arena)) != NULL) {
                view->entries = pb_append(view->entries, &view->n_entries, sizeof(*view->entries), work->arena);
                view->entries[view->n_entries - 1] = entry;
        }
        walk_end(&walk);
}

/* ---- after an assignment: each company's hours are its own */

static Contracts__ObligationHolder *add_holder(const struct work *work, Contracts__ObligationView *view)
{
        Contracts__ObligationHolder *holder = pb_new(&contracts__obligation_holder__descriptor, work->arena);
        holder->done = hours_to(work->arena, hours_of_hundredths(0));
        holder->converted = hours_to(work->arena, hours_of_hundredths(0));
        view->holders = pb_append(view->holders, &view->n_holders, sizeof(*view->holders), work->arena);
        view->holders[view->n_holders - 1] = holder;
        return holder;
}

static int by_day_assigned(const void *a, const void *b)
{
        const Contracts__Assignment *const *left = a, *const *right = b;
        int days = ((*left)->assigned_on->days > (*right)->assigned_on->days) -
                   ((*left)->assigned_on->days < (*right)->assigned_on->days);
        return days != 0 ? days : ((*left)->number > (*right)->number) - ((*left)->number < (*right)->number);
}

/* Who owed on the first day of the month. */
static Contracts__ObligationHolder *holder_in(const Contracts__ObligationView *view, const Types__Month *month)
{
        struct day first = month_first_day(month_of(month));
        size_t i = view->n_holders - 1;
        while (i > 0 && view->holders[i]->since->days > day_number(first))
                i--;
        return view->holders[i];
}

static void add_holders(const struct work *work, const Contracts__ObligationRecorded *obligation,
                        Contracts__ObligationView *view)
{
        Contracts__ObligationTerms *terms = obligations_terms(work->txn, work->arena, obligation->obligation_id);
        if (terms->n_assignments == 0)
                return;
        qsort(terms->assignments, terms->n_assignments, sizeof(*terms->assignments), by_day_assigned);
        Contracts__ObligationHolder *first = add_holder(work, view);
        first->siret = obligation->first_siret;
        first->name = obligation->first_name;
        for (size_t i = 0; i < terms->n_assignments; i++) {
                Contracts__ObligationHolder *holder = add_holder(work, view);
                holder->siret = terms->assignments[i]->siret;
                holder->name = terms->assignments[i]->name;
                holder->since = terms->assignments[i]->assigned_on;
                holder->kind = terms->assignments[i]->kind;
        }
        for (size_t i = 0; i < view->n_entries; i++) {
                const Contracts__LedgerEntry *entry = view->entries[i];
                bool is_done = entry->to == CONTRACTS__ACCOUNT__DONE;
                if (entry->month == NULL || (!is_done && entry->to != CONTRACTS__ACCOUNT__CONVERTED))
                        continue;
                Contracts__ObligationHolder *holder = holder_in(view, entry->month);
                (is_done ? holder->done : holder->converted)->hundredths += entry->hours->hundredths;
        }
}

/* A member of several buyers is told the sums of what it reads. */
static void put_own_sums(const struct work *work, Contracts__ObligationView *view)
{
        int64_t ordered = 0, invoiced = 0;
        if (work->actor->role != TYPES__ROLE__BUYER || access_leads(work, id_of(view->contract_id)))
                return;
        for (size_t i = 0; i < view->n_orders; i++) {
                bool is_invoice = view->orders[i]->kind == CONTRACTS__ORDER_KIND__CONTRACT_INVOICE;
                *(is_invoice ? &invoiced : &ordered) += money_cents(money_of(view->orders[i]->amount));
        }
        view->ordered = money_to(work->arena, money_of_cents(ordered));
        view->invoiced = money_to(work->arena, money_of_cents(invoiced));
}

/* Forecast against due: what the orders should have made by now, and the orders and invoices themselves. */
static void add_framework(struct work *work, struct id obligation_id, Contracts__ObligationView *view)
{
        Contracts__ContractOrder *order;
        struct refusal ignored;
        struct loaded_obligation loaded;
        struct walk walk;

        if (!view->by_invoices || !loaded_obligation_find(work, view->obligation_id, "", &loaded, &ignored))
                return;
        view->forecast_to_date = hours_to(work->arena, members_forecast_on(work, &loaded, work->today));
        contracts_about_walk(work->txn, id_of(view->contract_id), ABOUT_ORDER, &walk);
        while ((order = obligations_next_order(&walk, work->txn, work->arena, obligation_id)) != NULL) {
                if (!group_buyers_may_read(work, id_of(view->contract_id), order))
                        continue;
                view->orders = pb_append(view->orders, &view->n_orders, sizeof(*view->orders), work->arena);
                view->orders[view->n_orders - 1] = order;
        }
        walk_end(&walk);
        put_own_sums(work, view);
        struct members alone = {&loaded, 1};
        view->buyers = group_buyers_figures(work, &alone, &view->n_buyers);
}

struct reply handle_obligation_by_id(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ObligationById *query = (const Contracts__ObligationById *)message;
        struct id id = id_of(query->obligation_id);
        const Contracts__ObligationRecorded *obligation = contracts_obligation_find(work->txn, work->arena, id);

        if (obligation == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "obligation_id",
                                    "Cette obligation n'est pas connue : vérifiez son identifiant.");
        Contracts__ObligationView *view = view_of_obligation(work, obligation);
        add_entries(work, id, view);
        add_holders(work, obligation, view);
        add_framework(work, id, view);
        return reply_ok(work, view);
}
