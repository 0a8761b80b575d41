#include "services/contracts/obligations/framework.h"

#include "common/codec/types.h"

enum { CENTS = 100, YEARS_MAX = 10, MONTHS = 12 };
#define CENTS_MAX ((int64_t)ORDER_MILLIONS_MAX * 1000000 * CENTS)

bool framework_check_order(const Contracts__RecordOrder *order, struct refusal *ret_refusal)
{
        if (order->ends_on->days < order->starts_on->days ||
            order->ends_on->days > day_number(day_add_months(day_of(order->starts_on), YEARS_MAX * MONTHS)))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "ends_on",
                              "La date de fin de la commande précède son début ou le dépasse de plus de %d "
                              "ans : corrigez-la.",
                              YEARS_MAX);
        return true;
}

bool framework_add(struct money sum, struct money amount, struct money *ret, struct refusal *ret_refusal)
{
        struct money after;
        if (money_add(sum, amount, &after) != 0 || money_cents(after) > CENTS_MAX)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "amount",
                              "Le total dépasserait %d millions d'euros : vérifiez le montant.", ORDER_MILLIONS_MAX);
        if (money_cents(after) < 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "amount",
                              "Cet avoir reprend plus que ce qui a été enregistré : vérifiez le montant, ou "
                              "enregistrez d'abord la pièce qu'il corrige.");
        *ret = after;
        return true;
}

void framework_split(struct hours total, const struct money *amounts, size_t count, struct hours *ret_parts)
{
        __int128 all = 0, before = 0;
        for (size_t i = 0; i < count; i++)
                all += money_cents(amounts[i]) > 0 ? money_cents(amounts[i]) : 0;
        int64_t given = 0;
        for (size_t i = 0; i < count; i++) {
                before += money_cents(amounts[i]) > 0 ? money_cents(amounts[i]) : 0;
                /* Up to here and including this one, less what the ones before got: nothing is lost in rounding. */
                int64_t until = all == 0 ? 0 : (int64_t)(before * hours_hundredths(total) / all);
                ret_parts[i] = hours_of_hundredths(until - given);
                given = until;
        }
}

struct money framework_consumed(const Contracts__ContractOrder *order, struct day on)
{
        int64_t days = (int64_t)order->ends_on->days - order->starts_on->days + 1;
        int64_t passed = (int64_t)day_number(on) - order->starts_on->days + 1;
        if (passed <= 0)
                return money_of_cents(0);
        if (passed >= days)
                return money_of(order->amount);
        return money_of_cents((int64_t)((__int128)order->amount->cents * passed / days));
}
