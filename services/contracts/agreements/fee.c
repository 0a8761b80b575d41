#include "services/contracts/agreements/fee.h"

#include "common/base/french.h"

#include "common/base/french.h"
#include "common/codec/types.h"

__extension__ typedef __int128 wide;

enum { HUNDREDTHS = 100 };

/* amount x number / unit, to the nearest cent; halves away from zero, so that a correction takes back what it gave. */
static bool scale(struct money amount, int64_t number, int64_t unit, struct money *ret, struct refusal *ret_refusal)
{
        wide product = (wide)money_cents(amount) * number;
        wide cents = (product + (product < 0 ? -unit / 2 : unit / 2)) / unit;
        if (cents > INT64_MAX || cents < INT64_MIN)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "agreement.fee",
                              "Ce tarif donne un montant démesuré : corrigez la règle de la convention.");
        *ret = money_of_cents((int64_t)cents);
        return true;
}

bool fee_of_contract(const Contracts__FeeRule *rule, const struct fee_basis *basis, struct money *ret,
                     struct refusal *ret_refusal)
{
        switch (rule->kind) {
        case CONTRACTS__FEE_KIND__PER_HOUR:
                return scale(money_of(rule->rate), hours_hundredths(basis->hours), HUNDREDTHS, ret, ret_refusal);
        case CONTRACTS__FEE_KIND__SHARE_OF_AMOUNT:
                return scale(basis->notified ? basis->amount : money_of_cents(0),
                             share_millionths(share_of(rule->share)), SHARE_ONE_MILLIONTHS, ret, ret_refusal);
        case CONTRACTS__FEE_KIND__PER_CONTRACT:
                *ret = basis->notified ? money_of(rule->rate) : money_of_cents(0);
                return true;
        default: *ret = money_of_cents(0); return true;
        }
}

bool fee_of_year(const Contracts__FeeRule *rule, uint32_t days, uint32_t year_days, struct money *ret,
                 struct refusal *ret_refusal)
{
        if (rule->kind != CONTRACTS__FEE_KIND__LUMP_SUM_YEAR || days == 0) {
                *ret = money_of_cents(0);
                return true;
        }
        return scale(money_of(rule->rate), rule->by_days ? days : year_days, year_days, ret, ret_refusal);
}

char *fee_calculation(struct arena *arena, const Contracts__FeeRule *rule, const struct fee_basis *basis,
                      struct money fee)
{
        const char *sum = french_money(arena, fee);
        switch (rule->kind) {
        case CONTRACTS__FEE_KIND__PER_HOUR:
                return arena_printf(arena, "%s × %s = %s", french_hours(arena, basis->hours),
                                    french_money(arena, money_of(rule->rate)), sum);
        case CONTRACTS__FEE_KIND__SHARE_OF_AMOUNT:
                return arena_printf(arena, "%s × %s HT = %s", french_share(arena, share_of(rule->share)),
                                    french_money(arena, basis->amount), sum);
        default: return arena_printf(arena, "un contrat notifié : %s", sum);
        }
}

char *fee_calculation_of_year(struct arena *arena, const Contracts__FeeRule *rule, uint32_t days, uint32_t year_days,
                              struct money fee)
{
        const char *rate = french_money(arena, money_of(rule->rate));
        if (!rule->by_days)
                return arena_printf(arena, "forfait de l'année : %s", rate);
        return arena_printf(arena, "forfait de l'année : %s × %u jours ÷ %u = %s", rate, days, year_days,
                            french_money(arena, fee));
}

struct money fee_capped(const Contracts__FeeRule *rule, struct money sum)
{
        return rule->year_max != NULL && money_cents(sum) > rule->year_max->cents ? money_of(rule->year_max) : sum;
}

void fee_doubt(const Contracts__FeeRule *rule, const Contracts__HourFeeRule *usage, struct to_confirm *list)
{
        if (rule == NULL || rule->kind != CONTRACTS__FEE_KIND__PER_HOUR)
                return;
        const char *rate = french_money(list->arena, money_of(rule->rate));
        if (usage == NULL) {
                to_confirm_add(
                        list, arena_printf(list->arena, "Tarif de %s par heure : aucun usage daté n'est connu.", rate));
                return;
        }
        int64_t cents = money_cents(money_of(rule->rate));
        bool is_odd = cents < money_cents(money_of(usage->least)) || cents > money_cents(money_of(usage->most));
        to_confirm_add(list, arena_printf(list->arena, "Tarif de %s par heure : %s de %s à %s (%s).", rate,
                                          is_odd ? "hors de l'usage," : "dans l'usage,",
                                          french_money(list->arena, money_of(usage->least)),
                                          french_money(list->arena, money_of(usage->most)), usage->source));
}
