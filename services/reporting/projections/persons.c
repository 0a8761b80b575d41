#include "services/reporting/projections/persons.h"

#include <stdio.h>
#include <string.h>

#include "common/store/same.h"

enum { ANYHOW = MODALITIES, WAYS = MODALITIES + 1, EVER = 0 }; /* by whichever modality; in whichever year */

/* All years of some files. */
struct years {
        struct person_year *at;
        size_t count;
};

static void add_years(struct txn *txn, struct id id, struct years *years)
{
        struct slice row;
        if (!txn_get(txn, T_PERSON, id_slice(&id), &row))
                return;
        memcpy(&years->at[years->count], row.data, row.size);
        years->count += row.size / sizeof(*years->at);
}

static struct years room_for(struct arena *arena, size_t files)
{
        return (struct years){.at = arena_alloc(arena, (files * PERSON_YEARS_MAX + 1) * sizeof(struct person_year))};
}

static struct years years_of(struct txn *txn, struct arena *arena, const struct same *files)
{
        struct years years = room_for(arena, files->count);
        for (size_t i = 0; i < files->count; i++)
                add_years(txn, files->at[i], &years);
        return years;
}

/* ---- where they count */

static bool worked(const struct person_year *year, size_t way)
{
        for (size_t i = 0; i < MODALITIES; i++)
                if ((way == ANYHOW || way == i) && year->hundredths[i] > 0)
                        return true;
        return false;
}

/* NULL: nowhere. */
static const char *counted_in(const struct years *years, uint32_t year, size_t way)
{
        const char *first = NULL;
        for (size_t i = 0; i < years->count; i++)
                if ((year == EVER || years->at[i].year == year) && worked(&years->at[i], way) &&
                    (first == NULL || strcmp(years->at[i].territory, first) < 0))
                        first = years->at[i].territory;
        return first;
}

static void count_one(struct txn *txn, uint32_t year, const char *territory, size_t way, int32_t sign)
{
        struct activity activity;
        if (territory == NULL)
                return;
        struct key key = scope_key(year, territory);
        row_get(txn, T_ACTIVITY, &key, &activity, sizeof(activity));
        *(way == ANYHOW ? &activity.persons : &activity.persons_by_modality[way]) += (uint32_t)sign;
        row_put(txn, T_ACTIVITY, &key, &activity, sizeof(activity));
}

static void count_again(struct txn *txn, uint32_t year, const struct years *before, const struct years *after)
{
        for (size_t way = 0; way < WAYS; way++) {
                const char *was = counted_in(before, year, way), *is = counted_in(after, year, way);
                if (was == is || (was != NULL && is != NULL && strcmp(was, is) == 0))
                        continue;
                count_one(txn, year, was, way, -1);
                count_one(txn, year, is, way, 1);
        }
}

/* ---- hours */

static bool is_before(const struct person_year *one, uint32_t year, const char *territory)
{
        return one->year < year || (one->year == year && strcmp(one->territory, territory) < 0);
}

/* The entry of a file's row, made where it is missing; they stay ascending. */
static struct person_year *entry_of(struct years *years, uint32_t year, const char *territory)
{
        size_t at = 0;
        while (at < years->count && is_before(&years->at[at], year, territory))
                at++;
        struct person_year *entry = &years->at[at];
        if (at < years->count && entry->year == year && strcmp(entry->territory, territory) == 0)
                return entry;
        if (years->count == PERSON_YEARS_MAX)
                return NULL; /* thirty-two years of insertion in two departments: more is a typing error upstream */
        memmove(entry + 1, entry, (years->count - at) * sizeof(*entry));
        *entry = (struct person_year){.year = year};
        (void)snprintf(entry->territory, sizeof(entry->territory), "%s", territory);
        years->count++;
        return entry;
}

void persons_change(struct txn *txn, struct arena *arena, struct id beneficiary, const struct hours_change *change)
{
        struct same files;
        struct years own = room_for(arena, 1);
        same_of(txn, T_SAME_PERSON, beneficiary, &files);
        struct years before = years_of(txn, arena, &files), after = room_for(arena, files.count);
        add_years(txn, beneficiary, &own);
        struct person_year *entry = entry_of(&own, change->year, change->territory);
        if (entry == NULL)
                return;
        entry->hundredths[change->modality] += change->hundredths;
        txn_put(txn, T_PERSON, id_slice(&beneficiary), slice_of(own.at, own.count * sizeof(*own.at)));
        for (size_t i = 0; i < files.count; i++)
                add_years(txn, files.at[i], &after);
        count_again(txn, change->year, &before, &after);
        count_again(txn, EVER, &before, &after);
}

/* ---- files of one person */

static bool has(const struct same *files, struct id id)
{
        for (size_t i = 0; i < files->count; i++)
                if (id_equal(files->at[i], id))
                        return true;
        return false;
}

/* Of all files of a person, into the sums of each of her years, or out of them. */
static void count_person(struct txn *txn, const struct years *years, int32_t sign)
{
        for (size_t way = 0; way < WAYS; way++)
                count_one(txn, EVER, counted_in(years, EVER, way), way, sign);
        for (size_t i = 0; i < years->count; i++) {
                bool is_counted = false;
                for (size_t n = 0; n < i && !is_counted; n++)
                        is_counted = years->at[n].year == years->at[i].year;
                for (size_t way = 0; way < WAYS && !is_counted; way++)
                        count_one(txn, years->at[i].year, counted_in(years, years->at[i].year, way), way, sign);
        }
}

static void count_both(struct txn *txn, struct arena *arena, struct id id, struct id other, int32_t sign)
{
        struct same files, others;
        same_of(txn, T_SAME_PERSON, id, &files);
        same_of(txn, T_SAME_PERSON, other, &others);
        struct years years = years_of(txn, arena, &files), of_other = years_of(txn, arena, &others);
        count_person(txn, &years, sign);
        if (!has(&files, other))
                count_person(txn, &of_other, sign);
}

void persons_link(struct txn *txn, struct arena *arena, struct id id, struct id other, int32_t by)
{
        if (id_equal(id, other) || id_is_zero(id) || id_is_zero(other))
                return;
        count_both(txn, arena, id, other, -1);
        same_put(txn, T_SAME_PERSON, id, other, by);
        count_both(txn, arena, id, other, 1);
}
