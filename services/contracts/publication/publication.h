/* publication.h: what buyers published. One function a message, in the file of its name, called
 * through dispatch.c, which has checked the role; apply_ and tell_ functions are called through events.c. */
#ifndef SERVICES_CONTRACTS_PUBLICATION_PUBLICATION_H
#define SERVICES_CONTRACTS_PUBLICATION_PUBLICATION_H

#include "services/contracts/publication/differences.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/facts.h"
#include "services/contracts/record/telling.h"

/* The dated rules and texts of the room. */
#define PUBLICATION_DATED(DATED)                                                                                       \
        DATED(PUBLICATION, "publication", contracts__publication_rules__descriptor)
PUBLICATION_DATED(DATED_NUMBER)

struct reply handle_import_contract(struct work *work, const ProtobufCMessage *message);
struct reply handle_import_contracts(struct work *work, const ProtobufCMessage *message);
struct reply handle_link_publication(struct work *work, const ProtobufCMessage *message);
struct reply handle_unlink_publication(struct work *work, const ProtobufCMessage *message);
struct reply handle_publication_suggestions(struct work *work, const ProtobufCMessage *message);
struct reply handle_publication_differences(struct work *work, const ProtobufCMessage *message);
struct reply handle_unfollowed_contracts(struct work *work, const ProtobufCMessage *message);
struct reply handle_decp_export(struct work *work, const ProtobufCMessage *message);

void apply_contract_imported(const struct change *change, const Contracts__Event *event);
void tell_contract_imported(struct telling *telling, const Contracts__Event *event);
void apply_contract_updated(const struct change *change, const Contracts__Event *event);
void tell_contract_updated(struct telling *telling, const Contracts__Event *event);

void apply_publication_linked(const struct change *change, const Contracts__Event *event);
void tell_publication_linked(struct telling *telling, const Contracts__Event *event);
void apply_publication_unlinked(const struct change *change, const Contracts__Event *event);
void tell_publication_unlinked(struct telling *telling, const Contracts__Event *event);

void add_publication_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply);
/* What two queries say of a contract and its publication. */
struct differences publication_compare(const struct work *work, struct id contract,
                                       const Contracts__ContractRecord *record,
                                       const Contracts__ContractRecord *published);

#endif
