#include "services/accounts/journal/journal_rows.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/key.h"

enum { DROPPED_AT_ONCE = 64 };

Accounts__SignInNoteRow *store_sign_in_note(struct txn *txn, uint64_t number, struct arena *arena)
{
        struct key key = key_of_u64(number);
        return txn_get_message(txn, T_SIGN_IN_NOTE, key_slice(&key), &accounts__sign_in_note_row__descriptor, arena);
}

static struct key key_of_account(const Accounts__SignInNoteRow *row, uint64_t number)
{
        struct key key = key_of_id(id_of(row->note->account_id));
        key_u64(&key, number);
        return key;
}

void store_put_sign_in_note(struct txn *txn, uint64_t number, const Accounts__SignInNoteRow *row, struct arena *arena)
{
        struct key key = key_of_u64(number), of = key_of_account(row, number);
        txn_put_message(txn, T_SIGN_IN_NOTE, key_slice(&key), row, arena);
        txn_put(txn, T_SIGN_IN_OF, key_slice(&of), (struct slice){0});
}

size_t store_oldest_sign_in_notes(struct txn *txn, uint64_t *ret, size_t max)
{
        size_t count = 0;
        struct scan scan = scan_prefix(txn, T_SIGN_IN_NOTE, (struct slice){0});
        while (count < max && scan_next(&scan))
                ret[count++] = key_read_u64(scan.key, 0);
        scan_end(&scan);
        return count;
}

void store_drop_sign_in_notes(struct txn *txn, uint64_t up_to, struct arena *arena)
{
        uint64_t numbers[DROPPED_AT_ONCE];
        size_t count = store_oldest_sign_in_notes(txn, numbers, DROPPED_AT_ONCE);
        for (size_t i = 0; i < count && numbers[i] <= up_to; i++) {
                const Accounts__SignInNoteRow *row = store_sign_in_note(txn, numbers[i], arena);
                struct key key = key_of_u64(numbers[i]);
                if (row == NULL)
                        continue;
                struct key of = key_of_account(row, numbers[i]);
                txn_delete(txn, T_SIGN_IN_NOTE, key_slice(&key));
                txn_delete(txn, T_SIGN_IN_OF, key_slice(&of));
        }
}

void store_walk_sign_in_notes(struct txn *txn, struct id account, struct slice before, struct walk *ret)
{
        bool all = id_is_zero(account);
        struct walk_spec spec = {all ? T_SIGN_IN_NOTE : T_SIGN_IN_OF, WALK_DOWN, CURSOR_NUMBER};
        walk_begin(txn, spec, all ? key_empty() : key_of_id(account), before, ret);
}
