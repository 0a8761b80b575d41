/* drafting.h: the wording of a clause in the buyer's documents. One function a message, in the file of its name, called
 * through dispatch.c, which has checked the role; apply_ and tell_ functions are called through events.c. */
#ifndef SERVICES_CONTRACTS_DRAFTING_DRAFTING_H
#define SERVICES_CONTRACTS_DRAFTING_DRAFTING_H

#include "services/contracts/record/context.h"
#include "services/contracts/record/telling.h"

/* The dated rules and texts of the room. */
#define DRAFTING_DATED(DATED)                                                                                          \
        DATED(CLAUSE_TEXTS, "clause_texts", contracts__clause_library__descriptor)
DRAFTING_DATED(DATED_NUMBER)

struct reply handle_put_draft_items(struct work *work, const ProtobufCMessage *message);
struct reply handle_keep_draft(struct work *work, const ProtobufCMessage *message);
struct reply handle_draft_clause(struct work *work, const ProtobufCMessage *message);
struct reply handle_drafts(struct work *work, const ProtobufCMessage *message);
struct reply handle_draft_by_id(struct work *work, const ProtobufCMessage *message);

void apply_draft_items_put(const struct change *change, const Contracts__Event *event);
void tell_draft_items_put(struct telling *telling, const Contracts__Event *event);
void apply_draft_kept(const struct change *change, const Contracts__Event *event);
void tell_draft_kept(struct telling *telling, const Contracts__Event *event);

#endif
