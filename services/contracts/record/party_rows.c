#include "services/contracts/record/party_rows.h"

#include "common/base/text.h"
#include "services/contracts/record/rows.h"

static struct key party_key(const char *siret, struct id organisation)
{
        struct key key = key_of_text(siret);
        key_id(&key, organisation);
        return key;
}

void contracts_party_put(struct txn *txn, struct arena *arena, struct id organisation, const Contracts__Party *party)
{
        char former[SIRET_TEXT_SIZE];
        if (contracts_organisation_siret(txn, organisation, former)) {
                struct key key = party_key(former, organisation);
                txn_delete(txn, T_PARTY, key_slice(&key));
        }
        if (text_is_empty(party->siret))
                return;
        struct key key = party_key(party->siret, organisation);
        contracts_row_put_key(txn, T_PARTY, &key, party, arena);
}

Contracts__Party *contracts_party_find(struct txn *txn, struct arena *arena, const char *siret)
{
        Contracts__Party *party = NULL;
        struct walk walk;
        struct id organisation;

        walk_up(txn, T_PARTY, key_of_text(siret), slice_of(NULL, 0), &walk);
        if (walk_next(&walk, &organisation)) {
                struct key key = party_key(siret, organisation);
                party = contracts_row_find_key(txn, T_PARTY, &key, &contracts__party__descriptor, arena);
        }
        walk_end(&walk);
        return party;
}

const char *contracts_party_name(struct txn *txn, struct arena *arena, const char *siret, const char *told)
{
        if (!text_is_empty(told))
                return told;
        const Contracts__Party *party = contracts_party_find(txn, arena, siret);
        return party == NULL || text_is_empty(party->name) ? NULL : party->name;
}

const char *contracts_party_told(struct txn *txn, struct arena *arena, const char *siret, const char *name)
{
        const char *known = contracts_party_name(txn, arena, siret, name);
        return known != NULL ? known : arena_printf(arena, "de SIRET %s", siret);
}

bool contracts_party_only(struct txn *txn, const char *siret, struct id *ret_organisation)
{
        struct walk walk;
        struct id other;

        if (text_is_empty(siret))
                return false;
        walk_up(txn, T_PARTY, key_of_text(siret), slice_of(NULL, 0), &walk);
        bool is_only = walk_next(&walk, ret_organisation) && !walk_next(&walk, &other);
        walk_end(&walk);
        return is_only;
}
