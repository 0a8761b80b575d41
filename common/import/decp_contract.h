/* decp_contract.h: one published contract, from JSON to the record. Called by decp.c and decp_xml.c; decp_parts.c holds
 * the repeated parts, decp_considerations.c what is social or environmental. Everything is allocated in the arena of
 * the findings. The rules stand in decp.h. */
#ifndef COMMON_IMPORT_DECP_CONTRACT_H
#define COMMON_IMPORT_DECP_CONTRACT_H

#include "common/import/decp.h"
#include "contracts/record.pb-c.h"

/* NULL: rejected, the reasons are in `found`. `kind`: that of its list, CONTRACT_KIND_UNKNOWN where the list mixes them
 * (2019) and the element tells. */
Contracts__ContractRecord *decp_contract(struct findings *found, const struct json_tree *element,
                                         Contracts__RecordFormat format, Contracts__ContractKind kind);

/* The same, into an item whose findings are there: its record and its number. */
void decp_item_read(struct decp_item *item, const struct json_tree *element, Contracts__RecordFormat format,
                    Contracts__ContractKind kind);

/* Parts. */
void decp_contractors(struct findings *found, const struct node *list, size_t *ret_count,
                      Contracts__CompanyId ***ret_companies);
void decp_modifications(struct findings *found, const struct node *contract, Contracts__ContractRecord *record);
void decp_subcontracts(struct findings *found, const struct node *contract, Contracts__ContractRecord *record);
void decp_considerations(struct findings *found, const struct node *contract, Contracts__ContractRecord *record);

#endif
