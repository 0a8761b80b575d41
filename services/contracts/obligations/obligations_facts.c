#include "services/contracts/obligations/obligations.h"

#include "common/base/french.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/group_buyers.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/obligations/parts.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"
#include "services/contracts/record/versions.h"

/* Security: a contractor sees what concerns its own obligations, as in the rest of the page. */
static bool sees(const struct work *work, const Types__Id *obligation_id)
{
        if (work->actor->role != TYPES__ROLE__COMPANY)
                return true;
        const Contracts__ObligationRecorded *obligation =
                contracts_obligation_find(work->txn, work->arena, id_of(obligation_id));
        return obligation != NULL && access_obligation(work, obligation);
}

static void add_transfers(const struct work *work, struct id contract, Contracts__ContractFactsReply *reply)
{
        struct walk walk;
        struct id id;

        contracts_about_walk(work->txn, contract, ABOUT_TRANSFER, &walk);
        while (walk_next(&walk, &id)) {
                Contracts__TransferView *transfer = obligations_transfer_find(work->txn, work->arena, id);
                if (transfer == NULL ||
                    !(sees(work, transfer->from_obligation_id) || sees(work, transfer->to_obligation_id)))
                        continue;
                reply->transfers =
                        pb_append(reply->transfers, &reply->n_transfers, sizeof(*reply->transfers), work->arena);
                reply->transfers[reply->n_transfers - 1] = transfer;
        }
        walk_end(&walk);
}

/* The last ones: a framework agreement may have hundreds; all of them are on ObligationById. */
enum { ORDERS_SHOWN = 50 };

static void add_orders(const struct work *work, struct id contract, Contracts__ContractFactsReply *reply)
{
        struct walk walk;
        struct id id;

        contracts_about_walk_backwards(work->txn, contract, ABOUT_ORDER, slice_of(NULL, 0), &walk);
        while (reply->n_orders < ORDERS_SHOWN && walk_next(&walk, &id)) {
                Contracts__ContractOrder *order = obligations_order_find(work->txn, work->arena, id);
                if (order == NULL || !sees(work, order->obligation_id) || !group_buyers_may_read(work, contract, order))
                        continue;
                reply->orders = pb_append(reply->orders, &reply->n_orders, sizeof(*reply->orders), work->arena);
                reply->orders[reply->n_orders - 1] = order;
        }
        walk_end(&walk);
}

/* Security: a company reads of its own hours alone. */
static Contracts__ContractPartView *view_of_part(const struct work *work, const Contracts__ContractFile *file,
                                                 const Contracts__ContractPart *part)
{
        Contracts__ContractPartView *view = pb_new(&contracts__contract_part_view__descriptor, work->arena);
        const Contracts__PartDecision *decision = parts_decision(file, part);
        struct hours sum = hours_of_hundredths(0);
        struct day on;

        view->part = pb_new(&contracts__contract_part__descriptor, work->arena);
        *view->part = *part;
        view->part->number = 0;
        view->part->hours = arena_alloc(work->arena, (part->n_hours + 1) * sizeof(*part->hours));
        view->part->n_hours = 0;
        for (size_t i = 0; i < part->n_hours; i++) {
                if (!sees(work, part->hours[i]->obligation_id))
                        continue;
                view->part->hours[view->part->n_hours++] = part->hours[i];
                sum = hours_of_hundredths(hours_hundredths(sum) + hours_hundredths(hours_of(part->hours[i]->hours)));
        }
        view->hours = hours_to(work->arena, sum);
        view->state = parts_state(file, part, work->today);
        if (parts_begins(file, part, &on))
                view->begins_on = day_to(work->arena, on);
        view->decided_on = decision == NULL ? NULL : decision->decided_on;
        return view;
}

static void add_part_date(const struct work *work, struct day on, const Types__Id *contract, char *what,
                          Contracts__ContractFactsReply *reply)
{
        static char source[] = "contrat : tranches et reconductions";
        Contracts__CalendarLine *line = facts_calendar(work, reply, on);
        line->what = what;
        line->about_id = (Types__Id *)(uintptr_t)contract;
        line->source = source;
}

/* The last day for the buyer's word, and the day on which it begins. */
static void add_part_dates(const struct work *work, const struct facts_of *of, const Contracts__ContractPartView *view,
                           Contracts__ContractFactsReply *reply)
{
        const char *name = parts_name(work->arena, view->part);
        bool is_open = view->decided_on == NULL && view->part->decide_by != NULL &&
                       view->part->decide_by->days >= day_number(work->today);
        bool is_tacit = view->part->kind == CONTRACTS__PART_KIND__TACIT_RENEWAL;
        const Types__Id *contract = of->file->contract_id;

        if (is_open && view->state != CONTRACTS__PART_STATE__PART_DROPPED)
                add_part_date(work, day_of(view->part->decide_by), contract,
                              arena_printf(work->arena,
                                           is_tacit ? "%s : dernier jour où l'acheteur peut y renoncer"
                                                    : "%s : dernier jour où l'acheteur peut la décider",
                                           name),
                              reply);
        if (view->state == CONTRACTS__PART_STATE__PART_COMING)
                add_part_date(work, day_of(view->begins_on), contract,
                              arena_printf(work->arena, "%s : commence, %s de plus", name,
                                           french_hours(work->arena, hours_of(view->hours))),
                              reply);
}

static void add_parts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply)
{
        for (size_t i = 0; of->file != NULL && i < of->file->n_parts; i++) {
                Contracts__ContractPartView *view = view_of_part(work, of->file, of->file->parts[i]);
                reply->parts = pb_append(reply->parts, &reply->n_parts, sizeof(*reply->parts), work->arena);
                reply->parts[reply->n_parts - 1] = view;
                add_part_dates(work, of, view, reply);
        }
}

void obligations_add_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply)
{
        add_transfers(work, of->contract, reply);
        add_orders(work, of->contract, reply);
        add_parts(work, of, reply);
        if (of->file == NULL || of->file->group_buyers == NULL)
                return;
        reply->group_buyers = pb_new(&contracts__group_buyers_view__descriptor, work->arena);
        reply->group_buyers->group = of->file->group_buyers;
        reply->group_buyers->version = contracts_version(work->txn, THING_BUYERS, of->contract);
}
