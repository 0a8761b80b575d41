#include "services/contracts/agreements/letterhead.h"

#include <string.h>

#include "common/base/siret.h"
#include "common/base/text.h"
#include "services/contracts/agreements/agreement_views.h"
#include "services/contracts/record/party_rows.h"

char *siret_told(struct arena *arena, const char *siret)
{
        if (strlen(siret) != SIRET_DIGITS)
                return arena_text(arena, siret);
        return arena_printf(arena, "%.3s\u00a0%.3s\u00a0%.3s\u00a0%s", siret, siret + 3, siret + 6, siret + 9);
}

/* The directory's name, else the contract's; "": nobody says it. */
static const char *name_of(const Contracts__Party *party, const char *name)
{
        return party != NULL && !text_is_empty(party->name) ? party->name : name;
}

static char *address_of(const Contracts__Party *party, const char *separator, struct arena *arena)
{
        if (party == NULL || text_is_empty(party->city))
                return NULL;
        return arena_printf(arena, "%s%s%s%s%s", party->address, text_is_empty(party->address) ? "" : separator,
                            party->postcode, text_is_empty(party->postcode) ? "" : " ", party->city);
}

/* The address, its lines joined so; NULL: it is to be confirmed. */
static char *known_address(const struct work *work, const struct letterhead *of, const char *separator,
                           struct to_confirm *list)
{
        const Contracts__Party *party = contracts_party_find(work->txn, work->arena, of->siret);
        char *address = address_of(party, separator, work->arena);
        if (address == NULL)
                to_confirm_add(list,
                               arena_printf(work->arena, "Adresse %s (SIRET %s) : complétez sa fiche dans l'annuaire.",
                                            of->whose, siret_told(work->arena, of->siret)));
        return address;
}

char *letterhead_address(const struct work *work, const struct letterhead *of, struct to_confirm *list)
{
        return known_address(work, of, ", ", list);
}

char *letterhead_lines(const struct work *work, const struct letterhead *of, struct to_confirm *list)
{
        const char *name = name_of(contracts_party_find(work->txn, work->arena, of->siret), of->name);
        char *siret = siret_told(work->arena, of->siret);
        if (text_is_empty(name))
                to_confirm_add(list, arena_printf(work->arena,
                                                  "Nom %s (SIRET %s) : ni l'annuaire ni le contrat ne le disent.",
                                                  of->whose, siret));
        char *address = known_address(work, of, "\n", list);
        return arena_printf(work->arena, "%s%s%s%sSIRET %s", name, text_is_empty(name) ? "" : "\n",
                            address == NULL ? "" : address, address == NULL ? "" : "\n", siret);
}

char *letterhead_name(const struct work *work, const char *siret, const char *name)
{
        const char *known = name_of(contracts_party_find(work->txn, work->arena, siret), name);
        char *told = siret_told(work->arena, siret);
        return text_is_empty(known) ? arena_printf(work->arena, "l'établissement de SIRET %s", told)
                                    : arena_printf(work->arena, "%s (SIRET %s)", known, told);
}

const char *letterhead_short(const struct work *work, const char *siret, const char *name, const char *otherwise)
{
        const char *known = name_of(contracts_party_find(work->txn, work->arena, siret), name);
        return text_is_empty(known) ? otherwise : known;
}

struct letterhead letterhead_of_buyer(const struct loaded_contract *contract)
{
        return (struct letterhead){contract->record->buyer_siret, contract->record->buyer_name, "de l'acheteur"};
}

char *letterhead_carrier(const struct work *work, const struct loaded_contract *contract, struct to_confirm *list)
{
        struct agreement_contract of = agreement_contract_of(work, contract->record, contract->file);
        enum coverage nearest;
        const Contracts__AgreementRow *row = agreement_covering(work, &of, &nearest);
        if (row == NULL) {
                to_confirm_add(list,
                               arena_text(work->arena, "Structure porteuse du facilitateur : aucune convention signée "
                                                       "ne couvre ce contrat, l'en-tête est à compléter."));
                return arena_text(work->arena, "Le facilitateur des clauses sociales d'insertion");
        }
        const struct letterhead carrier = {row->agreement->carrier_siret, row->agreement->carrier_name,
                                           "de la structure porteuse"};
        return letterhead_lines(work, &carrier, list);
}
