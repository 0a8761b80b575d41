/* letterhead.h: who a document is from and to: name, address, SIRET, one below the other, from the directory, else from
 * the contract or the agreement. What is not known is left out, and to be confirmed. Called where letters are put
 * together. Everything returned lives in the work's arena. */
#ifndef SERVICES_CONTRACTS_AGREEMENTS_LETTERHEAD_H
#define SERVICES_CONTRACTS_AGREEMENTS_LETTERHEAD_H

#include "services/contracts/record/loaded_contract.h"
#include "services/contracts/record/to_confirm.h"

/* `name`: as the contract says it, where the directory does not know the SIRET; "": likewise unknown. `whose`: French,
 * "de l'acheteur", for what is to be confirmed. */
struct letterhead {
        const char *siret;
        const char *name;
        const char *whose;
};
char *letterhead_lines(const struct work *work, const struct letterhead *party, struct to_confirm *list);
/* On one line, without address: "Ville de Toulouse (SIRET 213 105 554 00017)". */
char *letterhead_name(const struct work *work, const char *siret, const char *name);

/* The address alone, on one line; NULL: not known, and to be confirmed. */
char *letterhead_address(const struct work *work, const struct letterhead *party, struct to_confirm *list);

/* The name alone, for prose below a letterhead; `otherwise` ("l'acheteur") where nobody says it. */
const char *letterhead_short(const struct work *work, const char *siret, const char *name, const char *otherwise);

struct letterhead letterhead_of_buyer(const struct loaded_contract *contract);

/* The structure that carries the facilitator, by the agreement that covers the contract; who it is is to be confirmed
 * where none does. */
char *letterhead_carrier(const struct work *work, const struct loaded_contract *contract, struct to_confirm *list);

/* "213 105 554 00017", as it is read; what is no SIRET as it is. */
char *siret_told(struct arena *arena, const char *siret);

#endif
