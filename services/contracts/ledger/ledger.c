#include "services/contracts/ledger/ledger.h"

#include "common/base/err.h"
#include "common/base/require.h"

static const Contracts__Account names[ACCOUNT_COUNT] = {
        [ACCOUNT_CLAUSE] = CONTRACTS__ACCOUNT__CLAUSE,
        [ACCOUNT_DUE] = CONTRACTS__ACCOUNT__DUE,
        [ACCOUNT_DONE] = CONTRACTS__ACCOUNT__DONE,
        [ACCOUNT_CONVERTED] = CONTRACTS__ACCOUNT__CONVERTED,
        [ACCOUNT_TRANSFERRED] = CONTRACTS__ACCOUNT__TRANSFERRED,
        [ACCOUNT_WAIVED] = CONTRACTS__ACCOUNT__WAIVED,
        [ACCOUNT_PLANNED] = CONTRACTS__ACCOUNT__PLANNED,
        [ACCOUNT_FORECAST] = CONTRACTS__ACCOUNT__FORECAST,
};

int ledger_post(struct ledger *ledger, const struct posting *posting)
{
        struct hours from, to;

        require(posting->from != posting->to);
        if (hours_subtract(ledger->balance[posting->from], posting->hours, &from) != 0 ||
            hours_add(ledger->balance[posting->to], posting->hours, &to) != 0)
                return ERR_OVERFLOW;
        ledger->balance[posting->from] = from;
        ledger->balance[posting->to] = to;
        ledger->entries++;
        return 0;
}

struct hours ledger_demanded(const struct ledger *ledger)
{
        return hours_of_hundredths(-hours_hundredths(ledger->balance[ACCOUNT_CLAUSE]));
}

struct hours ledger_owed(const struct ledger *ledger)
{
        int64_t due = hours_hundredths(ledger->balance[ACCOUNT_DUE]);
        return hours_of_hundredths(due > 0 ? due : 0);
}

enum account account_of(Contracts__Account account)
{
        size_t i = 0;
        while (i < ACCOUNT_COUNT && names[i] != account)
                i++;
        require(i < ACCOUNT_COUNT);
        return (enum account)i;
}

Contracts__Account account_to(enum account account)
{
        return names[account];
}
