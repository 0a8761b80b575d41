#include "common/store/blob_names.h"

#include <sodium.h>

#include "common/base/require.h"
#include "common/store/stored.h"

enum { VALUE_SIZE = sizeof(struct id) + sizeof(uint64_t) };

static const struct blob_address no_address;

void blob_address_format(struct blob_address address, char ret_text[BLOB_ADDRESS_TEXT_SIZE])
{
        (void)sodium_bin2hex(ret_text, BLOB_ADDRESS_TEXT_SIZE, address.b, sizeof(address.b));
}

bool blob_address_parse(const char *text, struct blob_address *ret)
{
        char again[BLOB_ADDRESS_TEXT_SIZE];
        struct blob_address address;
        size_t size = 0;
        if (sodium_hex2bin(address.b, sizeof(address.b), text, strlen(text), NULL, &size, NULL) != 0 ||
            size != sizeof(address.b))
                return false;
        blob_address_format(address, again);
        if (strcmp(again, text) != 0)
                return false; /* capital digits: another name for the same */
        *ret = address;
        return true;
}

static struct key key_of_name(struct blob_address address, struct id by)
{
        struct key key = key_empty();
        key_bytes(&key, slice_of(address.b, sizeof(address.b)));
        key_id(&key, by);
        return key;
}

static const struct id no_id;

struct blob_sums blob_sums(struct txn *txn, size_t table)
{
        struct key key = key_of_name(no_address, no_id);
        struct slice value;
        if (!txn_get(txn, table, key_slice(&key), &value))
                return (struct blob_sums){0};
        return (struct blob_sums){key_read_u64(value, 0), key_read_u64(value, sizeof(uint64_t))};
}

static void put_sums(struct txn *txn, size_t table, struct blob_sums sums)
{
        struct key key = key_of_name(no_address, no_id), value = key_of_u64(sums.count);
        key_u64(&value, sums.bytes);
        if (sums.count > 0)
                txn_put(txn, table, key_slice(&key), key_slice(&value));
        else
                txn_delete(txn, table, key_slice(&key));
}

void blob_name(struct txn *txn, size_t table, const struct blob *blob, struct id by)
{
        struct key key = key_of_name(blob->address, by), value = key_of_id(blob->owner);
        struct slice there;
        key_u64(&value, blob->size);
        if (txn_get(txn, table, key_slice(&key), &there))
                return;
        txn_put(txn, table, key_slice(&key), key_slice(&value));
        struct blob_sums sums = blob_sums(txn, table);
        put_sums(txn, table, (struct blob_sums){sums.count + 1, sums.bytes + blob->size});
}

void blob_unname(struct txn *txn, size_t table, struct blob_address address, struct id by)
{
        struct key key = key_of_name(address, by);
        struct slice there;
        if (!txn_get(txn, table, key_slice(&key), &there))
                return;
        uint64_t size = key_read_u64(there, sizeof(struct id));
        txn_delete(txn, table, key_slice(&key));
        struct blob_sums sums = blob_sums(txn, table);
        require_stored(sums.count > 0 && sums.bytes >= size);
        put_sums(txn, table, (struct blob_sums){sums.count - 1, sums.bytes - size});
}

bool blob_is_named(struct txn *txn, size_t table, struct blob_address address)
{
        struct scan scan = scan_prefix(txn, table, slice_of(address.b, sizeof(address.b)));
        bool found = scan_next(&scan);
        scan_end(&scan);
        return found;
}

void blob_names_walk(struct txn *txn, size_t table, struct slice after, struct walk *ret)
{
        walk_up(txn, table, key_empty(), after, ret);
}

bool blob_names_next(struct walk *walk, struct blob *ret)
{
        do {
                if (!walk_step(walk))
                        return false;
                require_stored(walk->scan.key.size == BLOB_ADDRESS_SIZE + sizeof(struct id));
        } while (memcmp(walk->scan.key.data, no_address.b, BLOB_ADDRESS_SIZE) == 0);
        require_stored(walk->scan.value.size == VALUE_SIZE);
        memcpy(ret->address.b, walk->scan.key.data, BLOB_ADDRESS_SIZE);
        ret->owner = key_read_id(walk->scan.value, 0);
        ret->size = key_read_u64(walk->scan.value, sizeof(struct id));
        return true;
}
