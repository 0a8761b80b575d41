#include "services/contracts/publication/likeness.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/french.h"
#include "common/base/text.h"
#include "common/codec/types.h"

enum {
        AMOUNT_POINTS = 25,
        AMOUNT_NEAR_PERCENT = 10,
        DAY_POINTS = 25,
        DAY_NEAR = 45, /* an award is notified some weeks after its planned day */
        OBJECT_POINTS = 40,
        OBJECT_SHARE_PERCENT = 50,
        CPV_POINTS = 10,
        CPV_DIVISION_AND_GROUP = 3,
        CONTRACTOR_POINTS = 30,
        WORD_LETTERS_MIN = 4, /* shorter words are "de", "lot", "des" */
        WORDS_MAX = 64,
};

static void add_reason(struct likeness *to, uint32_t points, const char *reason)
{
        to->score = to->score + points > LIKENESS_CERTAIN ? LIKENESS_CERTAIN : to->score + points;
        if (to->reason_count < LIKENESS_REASONS_MAX)
                to->reasons[to->reason_count++] = reason;
}

static void compare_amounts(const Types__Money *ours, const Types__Money *published, struct likeness *to,
                            struct arena *arena)
{
        if (ours == NULL || published == NULL || ours->cents <= 0)
                return;
        int64_t apart = llabs(ours->cents - published->cents);
        if (apart > ours->cents / 100 * AMOUNT_NEAR_PERCENT)
                return;
        add_reason(to, AMOUNT_POINTS,
                   apart == 0 ? "même montant"
                              : arena_printf(arena, "montant proche : %s", french_money(arena, money_of(published))));
}

static void compare_days(const Types__Day *ours, const Types__Day *published, struct likeness *to, struct arena *arena)
{
        if (ours == NULL || published == NULL)
                return;
        int64_t apart = llabs((int64_t)ours->days - published->days);
        if (apart > DAY_NEAR)
                return;
        add_reason(to, DAY_POINTS,
                   apart == 0 ? "même date de notification"
                              : arena_printf(arena, "notifié à %s d'écart", french_count(arena, apart, "jour")));
}

/* ---- objects: how many of our words the publication has */

static bool is_letter(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

struct word {
        const char *at;
        size_t size;
};

static size_t words_of(const char *text, struct word words[WORDS_MAX])
{
        size_t count = 0;
        while (*text != '\0' && count < WORDS_MAX) {
                size_t size = 0;
                while (is_letter(text[size]))
                        size++;
                if (size >= WORD_LETTERS_MIN)
                        words[count++] = (struct word){text, size};
                text += size > 0 ? size : 1;
        }
        return count;
}

static bool same_word(const struct word *a, const struct word *b)
{
        return a->size == b->size && strncasecmp(a->at, b->at, a->size) == 0;
}

static void compare_objects(const char *ours, const char *published, struct likeness *to, struct arena *arena)
{
        struct word own[WORDS_MAX], theirs[WORDS_MAX];
        size_t own_count = words_of(ours, own), their_count = words_of(published, theirs), common = 0;
        for (size_t i = 0; i < own_count; i++) {
                size_t j = 0;
                while (j < their_count && !same_word(&own[i], &theirs[j]))
                        j++;
                common += j < their_count;
        }
        if (own_count == 0 || common * 100 < own_count * OBJECT_SHARE_PERCENT)
                return;
        add_reason(to, (uint32_t)(OBJECT_POINTS * common / own_count),
                   arena_printf(arena, "%zu des %zu mots de l'objet", common, own_count));
}

static void compare_contractors(const Contracts__ContractRecord *ours, const Contracts__ContractRecord *published,
                                struct likeness *to)
{
        for (size_t i = 0; i < ours->n_contractors; i++)
                for (size_t j = 0; j < published->n_contractors; j++)
                        if (ours->contractors[i]->value[0] != '\0' &&
                            strcmp(ours->contractors[i]->value, published->contractors[j]->value) == 0) {
                                add_reason(to, CONTRACTOR_POINTS, "même titulaire");
                                return;
                        }
}

struct likeness likeness_of(const Contracts__ContractRecord *ours, const Contracts__ContractRecord *published,
                            struct arena *arena)
{
        struct likeness likeness = {0};
        if (!text_is_empty(ours->number) && strcmp(ours->number, published->number) == 0)
                add_reason(&likeness, LIKENESS_CERTAIN, "même numéro chez le même acheteur");
        compare_amounts(ours->amount, published->amount, &likeness, arena);
        compare_days(ours->notified_on, published->notified_on, &likeness, arena);
        compare_objects(ours->object, published->object, &likeness, arena);
        if (strlen(ours->cpv) >= CPV_DIVISION_AND_GROUP &&
            strncmp(ours->cpv, published->cpv, CPV_DIVISION_AND_GROUP) == 0)
                add_reason(&likeness, CPV_POINTS, "même famille de prestations (CPV)");
        compare_contractors(ours, published, &likeness);
        return likeness;
}
