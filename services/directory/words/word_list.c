#include "services/directory/words/word_list.h"

#include <stdlib.h>
#include <string.h>

#include "services/directory/words/asked.h"

struct name {
        const char *folded;
        const void *thing;
        uint32_t weight;
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

void word_list_add(struct word_list *list, const char *name, const void *thing, uint32_t weight)
{
        char folded[FOLDED_SIZE];
        asked_fold(name, folded);
        list->names = arena_extend(list->arena, list->names, list->name_count, sizeof(*list->names));
        const char *kept = arena_text(list->arena, folded);
        list->names[list->name_count] = (struct name){kept, thing, weight};
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
        char first[2] = {word[0], '\0'};
        const struct entry *meant = NULL;
        struct range range = range_of(list, first);
        for (size_t i = range.from; i < range.to; i++) {
                const struct entry *entry = &list->entries[i];
                if (meant != NULL && list->names[entry->name].weight <= list->names[meant->name].weight)
                        continue;
                if (asked_meant(word, entry->word, strcspn(entry->word, " ")))
                        meant = entry;
        }
        size_t size = meant == NULL ? 0 : strcspn(meant->word, " ");
        if (size == 0 || size >= WORD_SIZE)
                return;
        memcpy(word, meant->word, size);
        word[size] = '\0';
}

static struct asked asked_of(const struct word_list *list, const char *text)
{
        struct asked asked;
        asked_read(text, &asked);
        for (size_t i = 0; i < asked.count; i++) {
                struct range range = range_of(list, asked.words[i]);
                if (range.from == range.to)
                        mend(list, asked.words[i]);
        }
        return asked;
}

/* The word that the fewest names have. */
static struct range narrowest(const struct word_list *list, const struct asked *asked)
{
        struct range best = range_of(list, asked->words[0]);
        for (size_t i = 1; i < asked->count; i++) {
                struct range range = range_of(list, asked->words[i]);
                if (range.to - range.from < best.to - best.from)
                        best = range;
        }
        return best;
}

void word_list_find(const struct word_list *list, const struct word_list_wish *wish, struct best *ret)
{
        struct asked asked = asked_of(list, wish->asked);
        *ret = (struct best){.most = wish->most < BEST_MAX ? wish->most : BEST_MAX};
        if (asked.count == 0 || ret->most == 0)
                return;
        struct range range = narrowest(list, &asked);
        for (size_t i = range.from; i < range.to; i++) {
                const struct name *name = &list->names[list->entries[i].name];
                const struct offer offer = {name->thing, name->folded, asked_rank(&asked, name->folded), name->weight};
                if (asked_fits(&asked, name->folded) &&
                    (wish->is_wanted == NULL || wish->is_wanted(wish->argument, name->thing)))
                        best_offer(ret, &offer);
        }
}
