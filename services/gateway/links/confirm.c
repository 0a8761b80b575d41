#include "services/gateway/links/confirm.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "common/base/require.h"

/* Four different figures, so none of what programs like to fill in: 0000, 1111; nor a year, nor 1234. */
static bool is_likely(const uint8_t figures[CONFIRM_FIGURES])
{
        bool rises = true, repeats = false;
        for (size_t i = 1; i < CONFIRM_FIGURES; i++) {
                rises = rises && figures[i] == figures[i - 1] + 1;
                for (size_t k = 0; k < i; k++)
                        repeats = repeats || figures[i] == figures[k];
        }
        bool year = (figures[0] == 1 && figures[1] == 9) || (figures[0] == 2 && figures[1] == 0);
        return rises || repeats || year;
}

static void figures_of(struct slice hash, const char *act, uint8_t ret[CONFIRM_FIGURES])
{
        crypto_generichash_state state;
        uint8_t drawn[64];
        for (uint8_t turn = 0;; turn++) {
                require(crypto_generichash_init(&state, NULL, 0, sizeof(drawn)) == 0 &&
                        crypto_generichash_update(&state, hash.data, hash.size) == 0 &&
                        crypto_generichash_update(&state, (const uint8_t *)act, strlen(act)) == 0 &&
                        crypto_generichash_update(&state, &turn, 1) == 0 &&
                        crypto_generichash_final(&state, drawn, sizeof(drawn)) == 0);
                for (size_t at = 0; at + CONFIRM_FIGURES <= sizeof(drawn); at += CONFIRM_FIGURES) {
                        for (size_t i = 0; i < CONFIRM_FIGURES; i++)
                                ret[i] = drawn[at + i] % 10;
                        if (!is_likely(ret))
                                return;
                }
        }
}

void confirm_words(struct slice hash, const char *act, char ret_words[CONFIRM_WORDS_SIZE])
{
        static const char *const words[] = {"zéro", "un",  "deux", "trois", "quatre",
                                            "cinq", "six", "sept", "huit",  "neuf"};
        uint8_t figures[CONFIRM_FIGURES];
        size_t used = 0;
        figures_of(hash, act, figures);
        for (size_t i = 0; i < CONFIRM_FIGURES; i++)
                used += (size_t)snprintf(ret_words + used, CONFIRM_WORDS_SIZE - used, "%s%s", i == 0 ? "" : ", ",
                                         words[figures[i]]);
}

bool confirm_holds(struct slice hash, const char *act, const char *typed)
{
        uint8_t figures[CONFIRM_FIGURES];
        size_t seen = 0;
        figures_of(hash, act, figures);
        for (; *typed != '\0'; typed++) {
                if (*typed == ' ')
                        continue;
                if (seen == CONFIRM_FIGURES || *typed != '0' + figures[seen])
                        return false;
                seen++;
        }
        return seen == CONFIRM_FIGURES;
}
