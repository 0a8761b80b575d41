#include "services/accounts/sign_in/tries.h"

#include <sodium.h>
#include <string.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "services/accounts/settings.h"
#include "services/accounts/sign_in/sign_in_rows.h"

uint32_t tries_wait_s(uint32_t failures, uint32_t free_of_delay, int64_t last_ms, int64_t now_ms)
{
        const uint32_t doublings = 10;
        if (failures <= free_of_delay || now_ms - last_ms >= TRIES_FORGOTTEN_MS || now_ms < last_ms - 1000)
                return 0;
        uint32_t beyond = failures - free_of_delay - 1;
        int64_t wait_s = beyond >= doublings ? TRIES_LONGEST_S : INT64_C(1) << beyond;
        int64_t left_ms = last_ms + (wait_s > TRIES_LONGEST_S ? TRIES_LONGEST_S : wait_s) * 1000 - now_ms;
        return left_ms <= 0 ? 0 : (uint32_t)((left_ms + 999) / 1000);
}

/* Security: keyed, so that whoever gets the store does not read which names were tried, nor from where. */
static ProtobufCBinaryData hashed(struct work *work, char kind, const char *text)
{
        const struct accounts *accounts = accounts_of(work->context);
        crypto_generichash_state state;
        uint8_t *what = arena_alloc(work->arena, TRIED_SIZE);
        require(crypto_generichash_init(&state, accounts->key, sizeof(accounts->key), TRIED_SIZE) == 0 &&
                crypto_generichash_update(&state, (const uint8_t *)&kind, 1) == 0 &&
                crypto_generichash_update(&state, (const uint8_t *)text, strlen(text)) == 0 &&
                crypto_generichash_final(&state, what, TRIED_SIZE) == 0);
        return pb_bytes(slice_of(what, TRIED_SIZE));
}

struct tried_by tries_of(struct work *work, const char *name, const char *place)
{
        struct tried_by by = {.what = {hashed(work, 'n', name)}, .count = 1};
        if (place[0] != '\0')
                by.what[by.count++] = hashed(work, 'p', place);
        return by;
}

uint32_t tries_must_wait_s(struct work *work, const struct tried_by *by)
{
        static const uint32_t free_of_delay[] = {TRIES_OF_A_NAME, TRIES_OF_A_PLACE};
        uint32_t longest = 0;
        for (size_t i = 0; i < by->count; i++) {
                const Accounts__TriesRow *row = store_tries(work->txn, pb_slice(by->what[i]), work->arena);
                uint32_t wait_s =
                        row == NULL ? 0 : tries_wait_s(row->failures, free_of_delay[i], row->last->ms, work->now_ms);
                longest = wait_s > longest ? wait_s : longest;
        }
        return longest;
}
