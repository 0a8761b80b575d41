#include "services/contracts/obligations/members.h"

#include <strings.h>

#include "services/contracts/clauses/calibration_hours.h"
#include "services/contracts/clauses/clauses_rows.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/framework.h"
#include "services/contracts/obligations/obligation.h"
#include "services/contracts/obligations/obligations_rows.h"

enum { HUNDREDTHS = 100 };

struct members members_of_clause(const struct work *work, struct id clause)
{
        struct members members = {0};
        struct refusal ignored;
        struct walk walk;
        struct id id;

        contracts_walk_obligations_of_clause(work->txn, clause, &walk);
        while (walk_next(&walk, &id)) {
                struct loaded_obligation loaded;
                if (!loaded_obligation_find(work, id_to(work->arena, id), "", &loaded, &ignored))
                        continue; /* gone with a failed transaction */
                members.list = pb_append(members.list, &members.count, sizeof(*members.list), work->arena);
                members.list[members.count - 1] = loaded;
        }
        walk_end(&walk);
        return members;
}

Contracts__GroupForm members_form(const char *grouping)
{
        if (strcasecmp(grouping, "solidaire") == 0)
                return CONTRACTS__GROUP_FORM__SOLIDARY;
        if (strcasecmp(grouping, "conjoint") == 0)
                return CONTRACTS__GROUP_FORM__JOINT;
        return *grouping == '\0' ? CONTRACTS__GROUP_FORM__GROUP_FORM_UNKNOWN : CONTRACTS__GROUP_FORM__NO_GROUP;
}

bool members_framework(const struct loaded_obligation *loaded, struct refusal *ret_refusal)
{
        if (loaded->obligation->by_invoices)
                return true;
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                      "Les heures de cette obligation sont fixées d'avance et ne suivent ni commandes ni factures : un "
                      "avenant les change (AmendObligation).");
}

static Types__Hours *plus(const struct work *work, const Types__Hours *sum, struct hours hours)
{
        struct hours total;
        if (hours_add(hours_of(sum), hours, &total) != 0)
                total = hours_of(sum); /* each is within the ledger over all, which holds their sum */
        return hours_to(work->arena, total);
}

void members_add_figures(const struct work *work, const struct ledger *ledger, Contracts__LedgerFigures *total)
{
        const struct hours *balance = ledger->balance;
        total->due = plus(work, total->due, ledger_demanded(ledger));
        total->done = plus(work, total->done, balance[ACCOUNT_DONE]);
        total->converted = plus(work, total->converted, balance[ACCOUNT_CONVERTED]);
        total->transferred = plus(work, total->transferred, balance[ACCOUNT_TRANSFERRED]);
        total->waived = plus(work, total->waived, balance[ACCOUNT_WAIVED]);
        int64_t left = hours_hundredths(balance[ACCOUNT_DUE]);
        total->remaining = plus(work, total->remaining, hours_of_hundredths(left > 0 ? left : 0));
        total->surplus = plus(work, total->surplus, hours_of_hundredths(left < 0 ? -left : 0));
        total->forecast = plus(work, total->forecast, balance[ACCOUNT_FORECAST]);
}

/* Money and hours of each member that is paid by orders, in the same order. */
struct parts {
        struct members members;
        struct money *amounts;
        struct hours *hours;
        struct money sum;
};

static struct parts parts_of(const struct work *work, const struct loaded_obligation *loaded)
{
        struct members all = members_of_clause(work, id_of(loaded->obligation->clause_id));
        struct parts parts = {{all.list, 0}, NULL, NULL, money_of_cents(0)};
        for (size_t i = 0; i < all.count; i++)
                if (all.list[i].obligation->by_invoices)
                        parts.members.list[parts.members.count++] = all.list[i];
        parts.amounts = arena_zalloc(work->arena, (parts.members.count + 1) * sizeof(*parts.amounts));
        parts.hours = arena_zalloc(work->arena, (parts.members.count + 1) * sizeof(*parts.hours));
        return parts;
}

static struct money amount_so_far(const struct work *work, struct id obligation, bool is_invoice)
{
        const Contracts__FrameworkSums *sums = obligations_framework(work->txn, work->arena, obligation);
        return money_of(is_invoice ? sums->invoiced : sums->ordered);
}

/* What the amounts make in all by the clause's method, and each one's part. */
static bool reckon(const struct work *work, struct parts *parts, struct id clause_id, struct hours *ret_total,
                   struct refusal *ret_refusal)
{
        const Contracts__ClausePut *clause = contracts_clause_find(work->txn, work->arena, clause_id);
        if (clause == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "obligation_id",
                              "La clause de cette obligation n'est plus lisible : réessayez.");
        for (size_t i = 0; i < parts->members.count; i++)
                if (money_add(parts->sum, parts->amounts[i], &parts->sum) != 0)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "amount",
                                      "Le total du groupement dépasse ce qui se compte : vérifiez le montant.");
        struct hours total = hours_of_hundredths(0);
        if (money_cents(parts->sum) > 0 && !calibration_due(clause->calibration, parts->sum, &total, ret_refusal))
                return false;
        if (hours_hundredths(total) > (int64_t)OBLIGATION_HOURS_MAX * HUNDREDTHS)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "amount",
                              "Ce montant ferait plus de %d heures : vérifiez-le, ou le calibrage de la clause.",
                              OBLIGATION_HOURS_MAX);
        framework_split(total, parts->amounts, parts->members.count, parts->hours);
        *ret_total = total;
        return true;
}

static void post_difference(const struct work *work, const struct loaded_obligation *loaded, struct hours part,
                            bool is_invoice, struct postings *postings)
{
        struct hours held = is_invoice ? ledger_demanded(&loaded->ledger) : loaded->ledger.balance[ACCOUNT_FORECAST];
        struct posting posting = is_invoice ? (struct posting){.from = ACCOUNT_CLAUSE, .to = ACCOUNT_DUE}
                                            : (struct posting){.from = ACCOUNT_PLANNED, .to = ACCOUNT_FORECAST};
        if (hours_subtract(part, held, &posting.hours) == 0 && hours_hundredths(posting.hours) != 0)
                loaded_obligation_post(work, loaded, &posting, is_invoice ? "Facturation du marché" : "Commandes",
                                       postings);
}

bool members_move(const struct work *work, const struct framework_move *move, struct framework_result *ret,
                  struct refusal *ret_refusal)
{
        struct parts parts = parts_of(work, move->loaded);
        struct framework_result result = {0};

        for (size_t i = 0; i < parts.members.count; i++) {
                const struct loaded_obligation *member = &parts.members.list[i];
                parts.amounts[i] = amount_so_far(work, member->id, move->is_invoice);
                if (id_equal(member->id, move->loaded->id) &&
                    !framework_add(parts.amounts[i], move->amount, &parts.amounts[i], ret_refusal))
                        return false;
        }
        if (!reckon(work, &parts, id_of(move->loaded->obligation->clause_id), &result.hours, ret_refusal))
                return false;
        for (size_t i = 0; i < parts.members.count; i++)
                post_difference(work, &parts.members.list[i], parts.hours[i], move->is_invoice, &result.postings);
        result.sum = parts.sum;
        *ret = result;
        return true;
}

static struct money consumed_by(const struct work *work, const struct loaded_obligation *member, struct day day)
{
        struct money sum = money_of_cents(0);
        const Contracts__ContractOrder *order;
        struct walk walk;

        contracts_about_walk(work->txn, id_of(member->obligation->contract_id), ABOUT_ORDER, &walk);
        while ((order = obligations_next_order(&walk, work->txn, work->arena, member->id)) != NULL) {
                struct money after;
                if (order->kind != CONTRACTS__ORDER_KIND__CONTRACT_INVOICE &&
                    money_add(sum, framework_consumed(order, day), &after) == 0)
                        sum = after;
        }
        walk_end(&walk);
        return sum;
}

struct hours members_forecast_on(const struct work *work, const struct loaded_obligation *loaded, struct day day)
{
        struct parts parts = parts_of(work, loaded);
        struct hours total, own = hours_of_hundredths(0);
        struct refusal ignored;

        for (size_t i = 0; i < parts.members.count; i++)
                parts.amounts[i] = consumed_by(work, &parts.members.list[i], day);
        if (!reckon(work, &parts, id_of(loaded->obligation->clause_id), &total, &ignored))
                return own; /* cannot be told: what was recorded was reckoned in the same way */
        for (size_t i = 0; i < parts.members.count; i++)
                if (id_equal(parts.members.list[i].id, loaded->id))
                        own = parts.hours[i];
        return own;
}
