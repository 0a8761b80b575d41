#include "services/accounts/keys/give.h"

#include "accounts/events.pb-c.h"
#include "common/codec/token.h"
#include "services/accounts/keys/keys_rows.h"

char *key_draw(struct work *work, int64_t ends_ms, Accounts__KeyGiven *given)
{
        uint8_t hash[TOKEN_DIGEST_SIZE];
        char *text = arena_alloc(work->arena, TOKEN_TEXT_SIZE);
        token_draw(work_world(work), text, hash);
        given->key_id = id_to(work->arena, work_new_id(work));
        given->hash = pb_bytes(arena_copy_slice(work->arena, slice_of(hash, sizeof(hash))));
        given->ends = instant_to(work->arena, ends_ms);
        return text;
}

Accounts__KeyRow *key_token_of(struct work *work, struct id account, struct id membership)
{
        Accounts__KeyRow *found = NULL;
        struct walk walk;
        struct id id;
        store_walk_keys(work->txn, account, (struct slice){0}, &walk);
        while (found == NULL && walk_next(&walk, &id)) {
                Accounts__KeyRow *row = store_key(work->txn, id, work->arena);
                if (row != NULL && row->given->kind == ACCOUNTS__KEY_KIND__KEY_TOKEN &&
                    id_equal(id_of(row->given->membership_id), membership))
                        found = row;
        }
        walk_end(&walk);
        return found;
}

void key_end(struct work *work, const Accounts__KeyRow *row)
{
        Accounts__KeyEnded ended = ACCOUNTS__KEY_ENDED__INIT;
        ended.key_id = row->given->key_id;
        ended.account_id = row->given->account_id;
        work_record(work, &ended.base);
        key_forget_browser(work, row);
}

void key_forget_browser(struct work *work, const Accounts__KeyRow *row)
{
        if (row->browser != NULL)
                work_forget_sealed(work, row->number);
}

int64_t key_ends_ms(const Accounts__KeyRow *row)
{
        const int64_t end_ms = row->given->ends->ms;
        int64_t used_ms = row->given_at->ms;
        if (row->given->idle_s == 0)
                return end_ms;
        if (row->used_at != NULL && row->used_at->ms > used_ms)
                used_ms = row->used_at->ms;
        int64_t rested_ms = used_ms + row->given->idle_s * INT64_C(1000);
        return rested_ms < end_ms ? rested_ms : end_ms;
}

/* Those that have expired; *ret_open: how many others there are. */
static size_t expired(struct work *work, struct id account, const Accounts__KeyRow *ret[KEYS_LOOKED_AT],
                      size_t *ret_open)
{
        size_t over = 0, seen = 0;
        struct walk walk;
        struct id id;
        store_walk_keys(work->txn, account, (struct slice){0}, &walk);
        for (; seen < KEYS_LOOKED_AT && walk_next(&walk, &id); seen++) {
                const Accounts__KeyRow *row = store_key(work->txn, id, work->arena);
                if (row != NULL && key_ends_ms(row) <= work->now_ms)
                        ret[over++] = row;
        }
        walk_end(&walk);
        *ret_open = seen - over;
        return over;
}

size_t keys_count(struct work *work, struct id account)
{
        const Accounts__KeyRow *over[KEYS_LOOKED_AT];
        size_t open;
        (void)expired(work, account, over, &open);
        return open;
}

void keys_sweep(struct work *work, struct id account)
{
        const Accounts__KeyRow *over[KEYS_LOOKED_AT];
        size_t open, count = expired(work, account, over, &open);
        for (size_t i = 0; i < count; i++)
                key_end(work, over[i]);
}

struct reply reply_key(struct work *work, const Accounts__KeyGiven *given, char *text)
{
        Accounts__TokenReply *reply = pb_new(&accounts__token_reply__descriptor, work->arena);
        reply->user_id = given->account_id;
        reply->key_id = given->key_id;
        reply->token = text;
        reply->token_ends = given->ends;
        return reply_ok(work, reply);
}
