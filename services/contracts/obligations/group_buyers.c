#include "services/contracts/obligations/group_buyers.h"

#include <string.h>

#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/obligations/framework.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/record/buyers.h"
#include "services/contracts/record/party_rows.h"

bool group_buyers_whose(const struct work *work, const struct loaded_obligation *loaded, char *said, char **ret,
                        struct refusal *ret_refusal)
{
        char own[SIRET_TEXT_SIZE];
        bool is_coordinators = *said == '\0' || strcmp(said, loaded->contract->buyer_siret) == 0;

        if (work->actor->role == TYPES__ROLE__BUYER && !access_leads(work, id_of(loaded->obligation->contract_id))) {
                if (!access_own_siret(work, own) || (*said != '\0' && strcmp(said, own) != 0))
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "buyer_siret",
                                      "Vous enregistrez vos propres commandes et factures : laissez ce champ vide.");
                *ret = arena_text(work->arena, own);
                return true;
        }
        *ret = is_coordinators ? arena_text(work->arena, "") : said;
        return is_coordinators || buyers_member(loaded->file, said) != NULL ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "buyer_siret",
                      "Cet acheteur n'achète pas par ce contrat : vérifiez son SIRET, ou ajoutez-le aux membres "
                      "(PutGroupBuyers).");
}

bool group_buyers_may_read(const struct work *work, struct id contract, const Contracts__ContractOrder *order)
{
        char own[SIRET_TEXT_SIZE];
        return work->actor->role != TYPES__ROLE__BUYER || access_leads(work, contract) ||
               (access_own_siret(work, own) && strcmp(order->buyer_siret, own) == 0);
}

/* Each buyer's amounts, the coordinator's first. */
struct amounts {
        const Contracts__GroupBuyers *group;
        size_t count;
        struct money *ordered, *invoiced;
};

static size_t place_of(const struct amounts *amounts, const char *siret)
{
        for (size_t i = 0; i < amounts->group->n_buyers; i++)
                if (strcmp(amounts->group->buyers[i]->siret, siret) == 0)
                        return i + 1;
        return 0; /* the coordinator's: an order names a member while there is one of it */
}

static bool is_among(const struct members *members, const Types__Id *obligation)
{
        for (size_t i = 0; i < members->count; i++)
                if (id_equal(members->list[i].id, id_of(obligation)))
                        return true;
        return false;
}

static void add_orders(const struct work *work, const struct members *members, struct amounts *amounts)
{
        struct walk walk;
        struct id id;

        contracts_about_walk(work->txn, id_of(members->list[0].obligation->contract_id), ABOUT_ORDER, &walk);
        while (walk_next(&walk, &id)) {
                const Contracts__ContractOrder *order = obligations_order_find(work->txn, work->arena, id);
                if (order == NULL || !is_among(members, order->obligation_id))
                        continue;
                struct money *sum =
                        order->kind == CONTRACTS__ORDER_KIND__CONTRACT_INVOICE ? amounts->invoiced : amounts->ordered;
                sum += place_of(amounts, order->buyer_siret);
                *sum = money_of_cents(money_cents(*sum) + money_cents(money_of(order->amount))); /* bounded in all */
        }
        walk_end(&walk);
}

static struct hours total_of(const struct members *members, bool is_invoice)
{
        int64_t sum = 0;
        for (size_t i = 0; i < members->count; i++)
                if (members->list[i].obligation->by_invoices)
                        sum += hours_hundredths(is_invoice ? ledger_demanded(&members->list[i].ledger)
                                                           : members->list[i].ledger.balance[ACCOUNT_FORECAST]);
        return hours_of_hundredths(sum);
}

static Contracts__BuyerFigures *figures_of(const struct work *work, const struct members *members,
                                           const struct amounts *amounts, size_t i)
{
        const Contracts__ContractRecord *contract = members->list[0].contract;
        const Contracts__GroupBuyer *member = i == 0 ? NULL : amounts->group->buyers[i - 1];
        Contracts__BuyerFigures *figures = pb_new(&contracts__buyer_figures__descriptor, work->arena);
        figures->siret = member == NULL ? contract->buyer_siret : member->siret;
        figures->name = (char *)(uintptr_t)contracts_party_told(work->txn, work->arena, figures->siret,
                                                                member == NULL ? contract->buyer_name : member->name);
        figures->coordinates = member == NULL;
        figures->ordered = money_to(work->arena, amounts->ordered[i]);
        figures->invoiced = money_to(work->arena, amounts->invoiced[i]);
        return figures;
}

Contracts__BuyerFigures **group_buyers_figures(const struct work *work, const struct members *members,
                                               size_t *ret_count)
{
        Contracts__BuyerFigures **list = NULL;
        char own[SIRET_TEXT_SIZE] = "";
        *ret_count = 0;
        if (members->count == 0 || members->list[0].file == NULL || members->list[0].file->group_buyers == NULL)
                return NULL;
        struct amounts amounts = {.group = members->list[0].file->group_buyers};
        amounts.count = amounts.group->n_buyers + 1;
        amounts.ordered = arena_zalloc(work->arena, amounts.count * sizeof(*amounts.ordered));
        amounts.invoiced = arena_zalloc(work->arena, amounts.count * sizeof(*amounts.invoiced));
        struct hours *forecast = arena_zalloc(work->arena, amounts.count * sizeof(*forecast));
        struct hours *due = arena_zalloc(work->arena, amounts.count * sizeof(*due));
        add_orders(work, members, &amounts);
        framework_split(total_of(members, false), amounts.ordered, amounts.count, forecast);
        framework_split(total_of(members, true), amounts.invoiced, amounts.count, due);
        bool is_member = work->actor->role == TYPES__ROLE__BUYER &&
                         !access_leads(work, id_of(members->list[0].obligation->contract_id)) &&
                         access_own_siret(work, own);
        for (size_t i = 0; i < amounts.count; i++) {
                Contracts__BuyerFigures *figures = figures_of(work, members, &amounts, i);
                if (is_member && strcmp(figures->siret, own) != 0)
                        continue;
                figures->forecast = hours_to(work->arena, forecast[i]);
                figures->due = hours_to(work->arena, due[i]);
                list = pb_append(list, ret_count, sizeof(*list), work->arena);
                list[*ret_count - 1] = figures;
        }
        return list;
}
