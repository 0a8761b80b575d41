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

/* The ids of those that have expired; *ret_open: how many others there are. */
static size_t expired(struct work *work, struct id account, struct id ret[KEYS_LOOKED_AT], size_t *ret_open)
{
        size_t over = 0, seen = 0;
        struct walk walk;
        struct id id;
        store_walk_keys(work->txn, account, (struct slice){0}, &walk);
        for (; seen < KEYS_LOOKED_AT && walk_next(&walk, &id); seen++) {
                const Accounts__KeyRow *row = store_key(work->txn, id, work->arena);
                if (row != NULL && row->given->ends->ms <= work->now_ms)
                        ret[over++] = id;
        }
        walk_end(&walk);
        *ret_open = seen - over;
        return over;
}

size_t keys_count(struct work *work, struct id account)
{
        struct id over[KEYS_LOOKED_AT];
        size_t open;
        (void)expired(work, account, over, &open);
        return open;
}

void keys_sweep(struct work *work, struct id account)
{
        struct id over[KEYS_LOOKED_AT];
        size_t open, count = expired(work, account, over, &open);
        for (size_t i = 0; i < count; i++) {
                Accounts__KeyEnded event = ACCOUNTS__KEY_ENDED__INIT;
                event.key_id = id_to(work->arena, over[i]);
                event.account_id = id_to(work->arena, account);
                work_record(work, &event.base);
        }
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
