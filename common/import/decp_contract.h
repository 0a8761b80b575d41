/* decp_contract.h: one published contract, from JSON to the record. Called by decp.c; decp_parts.c holds the repeated
 * parts. Everything is allocated in the arena of the findings. The rules stand in decp.h. */
#ifndef COMMON_IMPORT_DECP_CONTRACT_H
#define COMMON_IMPORT_DECP_CONTRACT_H

#include "common/import/notes.h"
#include "contracts/record.pb-c.h"

/* NULL: rejected, the reasons are in `found`. `kind`: that of its list, CONTRACT_KIND_UNKNOWN where the list mixes them
 * (2019) and the element tells. */
Contracts__ContractRecord *decp_contract(struct findings *found, const struct json_tree *element,
                                         Contracts__RecordFormat format, Contracts__ContractKind kind);

/* Parts. */
void decp_contractors(struct findings *found, const struct node *list, size_t *ret_count,
                      Contracts__CompanyId ***ret_companies);
void decp_modifications(struct findings *found, const struct node *contract, Contracts__ContractRecord *record);
void decp_subcontracts(struct findings *found, const struct node *contract, Contracts__ContractRecord *record);
void decp_considerations(struct findings *found, const struct node *contract, Contracts__ContractRecord *record);

/* The inner object where a list item is wrapped ({"titulaire": {…}}), else the item itself. */
struct node decp_unwrapped(const struct node *item, const char *wrapper);
/* The list of that name: also where it stands inside an object of its own ("techniques": {"technique": […]}), where it
 * is written as one item, or as the text "[]". .json is NULL where there is none; what is no list is warned of. */
struct node decp_list(struct findings *found, const struct node *list, const struct node *inner);

#endif
