#include "common/codec/amount.h"

#include "common/codec/types.h"

enum { CENTS_PER_EURO = 100, TEN = 10 };

static bool digits_repeat(const Contracts__AmountRulesVersion *rules, int64_t euros)
{
        uint32_t digits = 0, run = 0, longest = 0;
        int64_t last = -1;

        for (; euros > 0; euros /= TEN, digits++) {
                int64_t digit = euros % TEN;
                run = digit == last ? run + 1 : 1;
                if (digit != 0 && run > longest)
                        longest = run;
                last = digit;
        }
        return longest >= rules->run_digits || (longest == digits && digits >= rules->same_digits);
}

bool amount_stands_for_unknown(const Contracts__AmountRulesVersion *rules, struct money amount)
{
        int64_t cents = money_cents(amount);
        return cents <= money_cents(money_of(rules->at_most)) || cents >= money_cents(money_of(rules->from)) ||
               digits_repeat(rules, cents / CENTS_PER_EURO);
}
