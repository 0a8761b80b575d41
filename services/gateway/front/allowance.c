#include "services/gateway/front/allowance.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"

enum { SETS = 1024, WAYS = 4, PER_MS = 1000 };

/* What is left counts thousandths of a request: one a millisecond comes in at one a second. */
struct account {
        struct id id;
        uint64_t left, at_ms;
        bool is_there;
};

struct allowances {
        struct allowance_rule rule;
        struct account accounts[SETS][WAYS];
};

struct allowances *allowances_new(const struct allowance_rule *rule)
{
        struct allowances *allowances = calloc(1, sizeof(*allowances));
        require(allowances != NULL);
        allowances->rule = *rule;
        return allowances;
}

void allowances_free(struct allowances *allowances)
{
        free(allowances);
}

static uint64_t full(const struct allowances *allowances)
{
        return allowances->rule.burst * PER_MS;
}

static uint64_t left_of(const struct allowances *allowances, const struct account *account, uint64_t now_ms)
{
        uint64_t most = full(allowances), gone_ms = now_ms - account->at_ms;
        if (!account->is_there || gone_ms >= most / allowances->rule.per_s)
                return most;
        uint64_t left = account->left + gone_ms * allowances->rule.per_s;
        return left < most ? left : most;
}

/* Its own place, else a free one, else that of who has most left: forgotten, it loses least. Ids end at random. */
static struct account *place_of(struct allowances *allowances, struct id id, uint64_t now_ms)
{
        struct account *set = allowances->accounts[(id.b[14] << 8 | id.b[15]) % SETS], *best = &set[0];
        for (size_t i = 0; i < WAYS; i++) {
                if (set[i].is_there && id_equal(set[i].id, id))
                        return &set[i];
                if (left_of(allowances, &set[i], now_ms) > left_of(allowances, best, now_ms))
                        best = &set[i];
        }
        *best = (struct account){.id = id, .left = full(allowances), .at_ms = now_ms, .is_there = true};
        return best;
}

uint64_t allowance_take(struct allowances *allowances, struct id account, uint64_t now_ms)
{
        const struct allowance_rule *rule = &allowances->rule;
        if (rule->per_s == 0)
                return 0;
        struct account *place = place_of(allowances, account, now_ms);
        place->left = left_of(allowances, place, now_ms);
        place->at_ms = now_ms;
        if (place->left < PER_MS)
                return (PER_MS - place->left + rule->per_s * PER_MS - 1) / (rule->per_s * PER_MS);
        place->left -= PER_MS;
        return 0;
}
