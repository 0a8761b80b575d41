#include "services/contracts/record/versions.h"

#include "services/contracts/record/record_rows.h"

uint64_t contracts_version(struct txn *txn, enum thing thing, struct id id)
{
        struct key key = version_key((uint8_t)thing);
        key_id(&key, id);
        return version_of(txn, T_VERSION, &key);
}

uint64_t contracts_version_of_lot(struct txn *txn, enum thing thing, struct id contract, uint32_t lot)
{
        struct key key = version_key((uint8_t)thing);
        key_id(&key, contract);
        key_u32(&key, lot);
        return version_of(txn, T_VERSION, &key);
}
