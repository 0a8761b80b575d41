#include "services/directory/geography/trades.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/require.h"
#include "common/base/text.h"

struct trades {
        struct dated rules; /* Tracking__RomeRules */
        struct arena arena;
        struct word_list **labels; /* one for each version */
};

int trades_load(const char *rules_directory, struct trades **ret, struct err_info *info)
{
        struct trades *trades = calloc(1, sizeof(*trades));
        require(trades != NULL);
        int err = dated_load(rules_directory, "rome", &tracking__rome_rules__descriptor, &trades->rules, info);
        if (err != 0) {
                trades_free(trades);
                return err;
        }
        const Tracking__RomeRules *rules = (const Tracking__RomeRules *)trades->rules.root;
        trades->labels = arena_zalloc(&trades->arena, rules->n_versions * sizeof(*trades->labels));
        for (size_t v = 0; v < rules->n_versions; v++) {
                trades->labels[v] = word_list_new(&trades->arena);
                for (size_t i = 0; i < rules->versions[v]->n_trades; i++)
                        word_list_add(trades->labels[v], rules->versions[v]->trades[i]->label,
                                      rules->versions[v]->trades[i], 0);
                word_list_close(trades->labels[v]);
        }
        *ret = trades;
        return 0;
}

void trades_free(struct trades *trades)
{
        if (trades == NULL)
                return;
        dated_fini(&trades->rules);
        arena_fini(&trades->arena);
        free(trades);
}

const Tracking__RomeVersion *trades_version(const struct trades *trades, struct day day)
{
        return dated_on(&trades->rules, day);
}

const Tracking__RomeTrade *trades_of_code(const struct trades *trades, struct day day, const char *code)
{
        const Tracking__RomeVersion *version = trades_version(trades, day);
        for (size_t i = 0; i < version->n_trades; i++)
                if (strcasecmp(version->trades[i]->code, code) == 0)
                        return version->trades[i];
        return NULL;
}

static const struct word_list *labels_of(const struct trades *trades, const Tracking__RomeVersion *version)
{
        const Tracking__RomeRules *rules = (const Tracking__RomeRules *)trades->rules.root;
        for (size_t v = 0; v < rules->n_versions; v++)
                if (rules->versions[v] == version)
                        return trades->labels[v];
        require(false);
        return NULL;
}

/* "F1", "f1703": a letter and digits. */
static bool is_code(const char *words)
{
        size_t size = strlen(words);
        return size >= 2 && text_is_digits(words + 1, size - 1);
}

void trades_find(const struct trades *trades, struct day day, const char *words, size_t most, struct best *ret)
{
        const Tracking__RomeVersion *version = trades_version(trades, day);
        if (!is_code(words)) {
                const struct word_list_wish wish = {.asked = words, .most = most};
                word_list_find(labels_of(trades, version), &wish, ret);
                return;
        }
        *ret = (struct best){.most = most < BEST_MAX ? most : BEST_MAX};
        for (size_t i = 0; i < version->n_trades; i++) {
                const Tracking__RomeTrade *trade = version->trades[i];
                if (strncasecmp(trade->code, words, strlen(words)) == 0)
                        best_offer(ret, &(struct offer){trade, trade->code, 0, 0});
        }
}
