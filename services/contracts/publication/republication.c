#include "services/contracts/publication/republication.h"

#include <stdlib.h>

#include "common/base/slice.h"
#include "common/codec/pb.h"

/* One entry of a list that buyers append to. */
struct appended {
        const void *message;
        struct slice bytes; /* what it says, to choose between two texts of the same one */
        uint32_t number;
        int32_t notified_on;
        int32_t published_on;
        size_t rank; /* among those of the same number and day, in the order of the file */
};

static int32_t day_or_before_all(const Types__Day *day)
{
        return day == NULL ? INT32_MIN : day->days;
}

static struct appended read_modification(const void *message)
{
        const Contracts__Modification *m = message;
        return (struct appended){.message = m,
                                 .number = m->number,
                                 .notified_on = day_or_before_all(m->notified_on),
                                 .published_on = day_or_before_all(m->published_on)};
}

static struct appended read_subcontract(const void *message)
{
        const Contracts__Subcontract *m = message;
        return (struct appended){.message = m,
                                 .number = m->number,
                                 .notified_on = day_or_before_all(m->notified_on),
                                 .published_on = day_or_before_all(m->published_on)};
}

static struct appended read_subcontract_modification(const void *message)
{
        const Contracts__SubcontractModification *m = message;
        return (struct appended){.message = m,
                                 .number = m->number,
                                 .notified_on = day_or_before_all(m->notified_on),
                                 .published_on = day_or_before_all(m->published_on)};
}

/* ---- orders */

static int order_number(int64_t a, int64_t b)
{
        return (a > b) - (a < b);
}

/* Longer first: between two texts of equal standing, the one that tells more. */
static int order_telling(struct slice a, struct slice b)
{
        if (a.size != b.size)
                return a.size > b.size ? -1 : 1;
        return a.size == 0 ? 0 : memcmp(a.data, b.data, a.size);
}

static int order_same_one(const struct appended *a, const struct appended *b)
{
        int order = order_number(a->number, b->number);
        return order != 0 ? order : order_number(a->notified_on, b->notified_on);
}

static int by_rank(const void *left, const void *right)
{
        const struct appended *a = left, *b = right;
        int order = order_same_one(a, b);
        return order != 0 ? order : order_number((int64_t)a->rank, (int64_t)b->rank);
}

static int by_rank_then_preference(const void *left, const void *right)
{
        const struct appended *a = left, *b = right;
        int order = by_rank(a, b);
        if (order == 0)
                order = -order_number(a->published_on, b->published_on);
        return order != 0 ? order : order_telling(a->bytes, b->bytes);
}

/* ---- lists */

typedef struct appended (*read_f)(const void *message);

/* Reads one record's list behind `all` and ranks it. */
static void gather(void *const *messages, size_t count, read_f read, struct appended *all, struct arena *arena)
{
        for (size_t i = 0; i < count; i++) {
                all[i] = read(messages[i]);
                all[i].bytes = pb_encode(messages[i], arena);
                all[i].rank = i; /* the place in the file keeps the sort stable */
        }
        qsort(all, count, sizeof(*all), by_rank);
        size_t rank = 0;
        for (size_t i = 0; i < count; i++) {
                rank = i > 0 && order_same_one(&all[i - 1], &all[i]) == 0 ? rank + 1 : 0;
                all[i].rank = rank;
        }
}

struct list {
        void **messages;
        size_t count;
};

static struct list unite(struct list known, struct list incoming, read_f read, struct arena *arena)
{
        size_t count = known.count + incoming.count;
        if (count == 0)
                return (struct list){0};

        struct appended *all = arena_alloc(arena, count * sizeof(*all));
        gather(known.messages, known.count, read, all, arena);
        gather(incoming.messages, incoming.count, read, all + known.count, arena);
        qsort(all, count, sizeof(*all), by_rank_then_preference);

        struct list united = {arena_alloc(arena, count * sizeof(*united.messages)), 0};
        for (size_t i = 0; i < count; i++)
                if (i == 0 || by_rank(&all[i - 1], &all[i]) != 0)
                        united.messages[united.count++] = (void *)(uintptr_t)all[i].message;
        return united;
}

#define LIST(record, field) ((struct list){(void **)(record)->field, (record)->n_##field})

/* ---- all else */

static struct slice told(const Contracts__ContractRecord *record, struct arena *arena)
{
        Contracts__ContractRecord base = *record;
        base.n_modifications = base.n_subcontracts = base.n_subcontract_modifications = 0;
        return pb_encode(&base, arena);
}

/* U+FFFD stands where a file lost a letter on its way; the identity of a contract looks past it (contract_key.h). */
static int64_t lost_letters(struct slice text)
{
        static const uint8_t replacement[] = {0xef, 0xbf, 0xbd};
        int64_t count = 0;
        for (size_t i = 0; i + sizeof(replacement) <= text.size; i++)
                if (memcmp(text.data + i, replacement, sizeof(replacement)) == 0)
                        count++;
        return count;
}

static bool is_preferred(const Contracts__ContractRecord *a, const Contracts__ContractRecord *b, struct arena *arena)
{
        int order = order_number(day_or_before_all(a->published_on), day_or_before_all(b->published_on));
        if (order == 0)
                order = order_number(a->format, b->format);
        if (order != 0)
                return order > 0;
        struct slice says_a = told(a, arena), says_b = told(b, arena);
        order = -order_number(lost_letters(says_a), lost_letters(says_b));
        if (order == 0)
                order = -order_telling(says_a, says_b);
        return order > 0;
}

Contracts__ContractRecord *republication_merge(const Contracts__ContractRecord *known,
                                               const Contracts__ContractRecord *incoming, struct arena *arena)
{
        static const Contracts__ContractRecord nothing = CONTRACTS__CONTRACT_RECORD__INIT;
        const Contracts__ContractRecord *before = known == NULL ? &nothing : known;
        bool keep = known != NULL && !is_preferred(incoming, known, arena);
        Contracts__ContractRecord *merged = arena_copy(arena, keep ? known : incoming, sizeof(*merged));

        struct list modifications =
                unite(LIST(before, modifications), LIST(incoming, modifications), read_modification, arena);
        struct list subcontracts =
                unite(LIST(before, subcontracts), LIST(incoming, subcontracts), read_subcontract, arena);
        struct list changes = unite(LIST(before, subcontract_modifications), LIST(incoming, subcontract_modifications),
                                    read_subcontract_modification, arena);
        merged->modifications = (Contracts__Modification **)modifications.messages;
        merged->n_modifications = modifications.count;
        merged->subcontracts = (Contracts__Subcontract **)subcontracts.messages;
        merged->n_subcontracts = subcontracts.count;
        merged->subcontract_modifications = (Contracts__SubcontractModification **)changes.messages;
        merged->n_subcontract_modifications = changes.count;
        return merged;
}
