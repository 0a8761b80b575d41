/* guichet-contracts: published contracts, clauses, obligations and the ledger of hours. Its tables: dispatch.c. */
#include "services/contracts/dispatch.h"

int main(int argc, char **argv)
{
        return service_main(&contracts_spec, argc, argv);
}
