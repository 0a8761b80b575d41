#include "services/contracts/record/buyers.h"

#include <string.h>

const Contracts__GroupBuyer *buyers_member(const Contracts__ContractFile *file, const char *siret)
{
        for (size_t i = 0; file != NULL && file->group_buyers != NULL && i < file->group_buyers->n_buyers; i++)
                if (strcmp(file->group_buyers->buyers[i]->siret, siret) == 0)
                        return file->group_buyers->buyers[i];
        return NULL;
}

bool buyers_has(const Contracts__ContractRecord *contract, const Contracts__ContractFile *file, const char *siret)
{
        return strcmp(contract->buyer_siret, siret) == 0 || buyers_member(file, siret) != NULL;
}
