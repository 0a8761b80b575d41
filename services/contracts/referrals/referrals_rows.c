#include "services/contracts/referrals/referrals_rows.h"

Contracts__ReferralRow *referral_find(struct txn *txn, struct arena *arena, struct id referral)
{
        return contracts_row_find(txn, T_REFERRAL, referral, &contracts__referral_row__descriptor, arena);
}

void referral_put(struct txn *txn, struct arena *arena, const Contracts__ReferralRow *row)
{
        struct id id = id_of(row->referred->referral_id);
        contracts_row_put(txn, T_REFERRAL, id, row, arena);
        contracts_about_put(txn, id_of(row->referred->contract_id), ABOUT_REFERRAL, id);
}

void referral_remove(struct txn *txn, const Contracts__ReferralRow *row)
{
        struct id id = id_of(row->referred->referral_id);
        contracts_row_remove(txn, T_REFERRAL, id);
        contracts_about_remove(txn, id_of(row->referred->contract_id), ABOUT_REFERRAL, id);
}

void referrals_walk(struct txn *txn, struct slice before, struct walk *ret)
{
        struct key all = key_empty();
        walk_down(txn, T_REFERRAL, all, before, ret);
}
