#include "common/codec/contract_key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/require.h"
#include "common/base/text.h"

enum { CPV_DIGITS = 8, NUMBERS_BYTES_MAX = 96 };
static const int64_t MS_PER_DAY = 86400000;

/* The canonical text: parts ended by a byte that no part can hold. */
struct writer {
        char *text;
        size_t size;
};

static void put_part(struct writer *to, const char *part, size_t size)
{
        memcpy(to->text + to->size, part, size);
        to->size += size;
        to->text[to->size++] = '\0';
}

static void put_text(struct writer *to, const char *part)
{
        put_part(to, part, strlen(part));
}

static void put_folded(struct writer *to, const char *part)
{
        for (; *part != '\0'; part++) {
                char c = *part >= 'A' && *part <= 'Z' ? (char)(*part | 0x20) : *part;
                if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
                        to->text[to->size++] = c;
        }
        to->text[to->size++] = '\0';
}

static const char *contractor_text(const Contracts__CompanyId *company)
{
        return company->value[0] != '\0' ? company->value : company->name;
}

static int compare_texts(const void *a, const void *b)
{
        return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void put_contractors(struct writer *to, const Contracts__ContractRecord *record, struct arena *scratch)
{
        size_t count = record->n_contractors;
        const char **texts = arena_alloc(scratch, (count + 1) * sizeof(*texts));

        for (size_t i = 0; i < count; i++)
                texts[i] = contractor_text(record->contractors[i]);
        qsort(texts, count, sizeof(*texts), compare_texts);
        for (size_t i = 0; i < count; i++)
                put_text(to, texts[i]);
}

static size_t size_max(const Contracts__ContractRecord *record)
{
        size_t size = strlen(record->buyer_siret) + strlen(record->number) + strlen(record->object) +
                      strlen(record->cpv) + (record->place != NULL ? strlen(record->place->code) : 0) +
                      NUMBERS_BYTES_MAX + 8;

        for (size_t i = 0; i < record->n_contractors; i++)
                size += strlen(contractor_text(record->contractors[i])) + 1;
        return size;
}

struct id contract_key(const Contracts__ContractRecord *record, struct arena *scratch)
{
        size_t room = size_max(record);
        struct writer to = {.text = arena_alloc(scratch, room)};
        char numbers[NUMBERS_BYTES_MAX];
        const Contracts__Place *place = record->place;

        int64_t day = record->notified_on != NULL ? record->notified_on->days : 0;
        bool dated = day > 0; /* a day before 1970 has no place among the milliseconds, and stands in the text alone */

        (void)snprintf(numbers, sizeof(numbers), "%d %d %lld %lld", (int)record->kind,
                       place != NULL ? (int)place->kind : -1,
                       record->amount != NULL ? (long long)record->amount->cents : -1LL, dated ? 0LL : (long long)day);
        put_text(&to, numbers);
        put_text(&to, record->buyer_siret);
        put_text(&to, record->number);
        put_folded(&to, record->object);
        put_part(&to, record->cpv, strnlen(record->cpv, CPV_DIGITS));
        put_text(&to, place != NULL ? place->code : "");
        put_contractors(&to, record, scratch);
        require(to.size <= room);
        return id_derived(dated ? day * MS_PER_DAY : 0, slice_of(to.text, to.size));
}

struct id contract_alike_key(const Contracts__ContractRecord *record, struct arena *scratch)
{
        size_t room = size_max(record);
        struct writer to = {.text = arena_alloc(scratch, room)};
        int64_t day = record->notified_on != NULL ? record->notified_on->days : 0;

        put_text(&to, record->buyer_siret);
        put_folded(&to, record->object);
        put_contractors(&to, record, scratch);
        require(to.size <= room);
        return id_derived(day > 0 ? day * MS_PER_DAY : 0, slice_of(to.text, to.size));
}

bool contract_numbers_alike(const char *a, const char *b)
{
        enum { FOLDED_SIZE = 128, COUNTER_DIGITS = 2, NUMBER_MIN = 5 };
        char left[FOLDED_SIZE], right[FOLDED_SIZE];

        text_fold(a, left, sizeof(left));
        text_fold(b, right, sizeof(right));
        size_t size = strlen(left);
        if (strcmp(left, right) == 0)
                return size > 0;
        return size >= NUMBER_MIN && size == strlen(right) && strncmp(left, right, size - COUNTER_DIGITS) == 0 &&
               text_is_digits(left + size - COUNTER_DIGITS, COUNTER_DIGITS) &&
               text_is_digits(right + size - COUNTER_DIGITS, COUNTER_DIGITS);
}
