#include "services/directory/geography/word_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/letters.h"
#include "common/base/nearest.h"
#include "common/base/require.h"

enum {
        NAME_SIZE = 512, /* of a folded name; more of it is not looked for */
        WORD_SIZE = 64,
        ASKED_WORDS_MAX = 8,
        MENDED_LETTERS = 4, /* a word this long may have a wrong one */
};

struct name {
        const char *folded;
        uint32_t item, weight;
};

struct entry {
        const char *word; /* and the rest of its name */
        uint32_t name;
};

struct word_list {
        struct arena *arena;
        struct name *names;
        struct entry *entries; /* by word */
        size_t name_count, entry_count;
};

struct word_list *word_list_new(struct arena *arena)
{
        struct word_list *list = arena_zalloc(arena, sizeof(*list));
        list->arena = arena;
        return list;
}

/* What is written short is the same word. */
static const char *whole_word(const char *word)
{
        static const char *const shorts[][2] = {{"st", "saint"}, {"ste", "sainte"}};
        for (size_t i = 0; i < ARRAY_SIZE(shorts); i++)
                if (strcmp(word, shorts[i][0]) == 0)
                        return shorts[i][1];
        return word;
}

struct words {
        char texts[ASKED_WORDS_MAX][WORD_SIZE];
        size_t count;
};

static void fold(const char *name, char ret_folded[NAME_SIZE])
{
        char folded[NAME_SIZE], *left = folded, *word;
        size_t size = 0;
        letters_fold(name, folded, sizeof(folded));
        ret_folded[0] = '\0';
        while ((word = strsep(&left, " ")) != NULL && size < NAME_SIZE - 1) {
                int wrote =
                        snprintf(ret_folded + size, NAME_SIZE - size, "%s%s", size == 0 ? "" : " ", whole_word(word));
                size += (size_t)wrote;
        }
}

void word_list_add(struct word_list *list, const char *name, uint32_t item, uint32_t weight)
{
        char folded[NAME_SIZE];
        fold(name, folded);
        list->names = arena_extend(list->arena, list->names, list->name_count, sizeof(*list->names));
        const char *kept = arena_text(list->arena, folded);
        list->names[list->name_count] = (struct name){kept, item, weight};
        for (const char *word = kept; word != NULL && *word != '\0'; word = strchr(word, ' ')) {
                word += *word == ' ' ? 1 : 0;
                list->entries = arena_extend(list->arena, list->entries, list->entry_count, sizeof(*list->entries));
                list->entries[list->entry_count++] = (struct entry){word, (uint32_t)list->name_count};
        }
        list->name_count++;
}

static int by_word(const void *a, const void *b)
{
        return strcmp(((const struct entry *)a)->word, ((const struct entry *)b)->word);
}

void word_list_close(struct word_list *list)
{
        if (list->entry_count > 0)
                qsort(list->entries, list->entry_count, sizeof(*list->entries), by_word);
}

/* ---- what begins so */

struct range {
        size_t from, to;
};

/* The first entry whose word is not before `text`, or, `behind`, does not begin with it either. */
static size_t bound(const struct word_list *list, const char *text, bool behind)
{
        size_t from = 0, to = list->entry_count, size = strlen(text);
        while (from < to) {
                size_t middle = from + (to - from) / 2;
                int order = strncmp(list->entries[middle].word, text, size);
                if (order < 0 || (behind && order == 0))
                        from = middle + 1;
                else
                        to = middle;
        }
        return from;
}

static struct range range_of(const struct word_list *list, const char *text)
{
        return (struct range){bound(list, text, false), bound(list, text, true)};
}

/* The word that was meant, in the place of one that begins none: of those as near, the one of the heaviest name. */
static void mend(const struct word_list *list, char word[WORD_SIZE])
{
        char first[2] = {word[0], '\0'}, one[WORD_SIZE], meant[WORD_SIZE] = "";
        size_t size = strlen(word);
        uint32_t weight = 0;
        if (size < MENDED_LETTERS)
                return;
        struct range range = range_of(list, first);
        for (size_t i = range.from; i < range.to; i++) {
                size_t length = strcspn(list->entries[i].word, " ");
                uint32_t own = list->names[list->entries[i].name].weight;
                if (length + 1 < size || length > size + 1 || (meant[0] != '\0' && own <= weight))
                        continue;
                (void)snprintf(one, sizeof(one), "%.*s", (int)length, list->entries[i].word);
                if (letters_apart(one, word) > 1)
                        continue;
                (void)snprintf(meant, sizeof(meant), "%s", one);
                weight = own;
        }
        if (meant[0] != '\0')
                (void)snprintf(word, WORD_SIZE, "%s", meant);
}

static struct words words_of(const struct word_list *list, char folded[NAME_SIZE])
{
        struct words words = {.count = 0};
        char *left = folded, *word;
        while ((word = strsep(&left, " ")) != NULL && words.count < ASKED_WORDS_MAX) {
                if (*word == '\0')
                        continue;
                char *text = words.texts[words.count++];
                (void)snprintf(text, WORD_SIZE, "%s", word);
                struct range range = range_of(list, text);
                if (range.from == range.to)
                        mend(list, text);
        }
        return words;
}

static bool has_beginning(const char *name, const char *word)
{
        size_t size = strlen(word);
        for (const char *at = name; at != NULL; at = strchr(at, ' ')) {
                at += *at == ' ' ? 1 : 0;
                if (strncmp(at, word, size) == 0)
                        return true;
        }
        return false;
}

/* ---- the best of them */

struct best {
        const struct name *names[WORD_LIST_FOUND_MAX];
        unsigned ranks[WORD_LIST_FOUND_MAX];
        size_t count, most;
        bool more;
};

static unsigned rank_of(const struct name *name, const char *asked)
{
        size_t size = strlen(asked);
        if (strncmp(name->folded, asked, size) != 0)
                return 2;
        return name->folded[size] == '\0' ? 0 : 1;
}

static bool is_before(const struct name *a, unsigned rank, const struct best *best, size_t at)
{
        const struct name *b = best->names[at];
        if (rank != best->ranks[at])
                return rank < best->ranks[at];
        if (a->weight != b->weight)
                return a->weight > b->weight;
        return strcmp(a->folded, b->folded) < 0;
}

static void drop(struct best *best, size_t at)
{
        best->count--;
        memmove(best->names + at, best->names + at + 1, (best->count - at) * sizeof(best->names[0]));
        memmove(best->ranks + at, best->ranks + at + 1, (best->count - at) * sizeof(best->ranks[0]));
}

static void offer(struct best *best, const struct name *name, unsigned rank)
{
        for (size_t i = 0; i < best->count; i++)
                if (best->names[i]->item == name->item) {
                        if (!is_before(name, rank, best, i))
                                return;
                        drop(best, i);
                        break;
                }
        size_t at = best->count;
        while (at > 0 && is_before(name, rank, best, at - 1))
                at--;
        best->more = best->more || best->count == best->most;
        if (at == best->most)
                return;
        if (best->count == best->most)
                drop(best, best->count - 1);
        memmove(best->names + at + 1, best->names + at, (best->count - at) * sizeof(best->names[0]));
        memmove(best->ranks + at + 1, best->ranks + at, (best->count - at) * sizeof(best->ranks[0]));
        best->names[at] = name;
        best->ranks[at] = rank;
        best->count++;
}

/* The word that the fewest names have. */
static struct range narrowest(const struct word_list *list, const struct words *words)
{
        struct range best = range_of(list, words->texts[0]);
        for (size_t i = 1; i < words->count; i++) {
                struct range range = range_of(list, words->texts[i]);
                if (range.to - range.from < best.to - best.from)
                        best = range;
        }
        return best;
}

/* What of the names fits. */
static void offer_all(const struct word_list *list, const struct word_list_wish *wish, const struct words *words,
                      struct best *best)
{
        char whole[NAME_SIZE];
        fold(wish->asked, whole);
        struct range range = narrowest(list, words);
        for (size_t i = range.from; i < range.to; i++) {
                const struct name *name = &list->names[list->entries[i].name];
                size_t fits = 0;
                while (fits < words->count && has_beginning(name->folded, words->texts[fits]))
                        fits++;
                if (fits == words->count && (wish->is_wanted == NULL || wish->is_wanted(wish->argument, name->item)))
                        offer(best, name, rank_of(name, whole));
        }
}

void word_list_find(const struct word_list *list, const struct word_list_wish *wish, struct word_list_found *ret)
{
        char folded[NAME_SIZE];
        struct best best = {.most = wish->most < WORD_LIST_FOUND_MAX ? wish->most : WORD_LIST_FOUND_MAX};
        fold(wish->asked, folded);
        struct words words = words_of(list, folded);
        if (words.count > 0 && best.most > 0)
                offer_all(list, wish, &words, &best);
        for (size_t i = 0; i < best.count; i++)
                ret->items[i] = best.names[i]->item;
        ret->count = best.count;
        ret->more = best.more;
}
