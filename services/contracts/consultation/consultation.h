/* consultation.h: the consultation: its dates, the register of questions. There is no message whose effect answers one
 * company: an answer is drafted, goes to the buyer, and is read by all once the buyer published it. One function a
 * message, in the file of its name, called through dispatch.c, which has checked the role; apply_ and tell_ functions
 * are called through events.c, consultation_facts() through file/facts.c. */
#ifndef SERVICES_CONTRACTS_CONSULTATION_CONSULTATION_H
#define SERVICES_CONTRACTS_CONSULTATION_CONSULTATION_H

#include "services/contracts/record/context.h"
#include "services/contracts/record/facts.h"
#include "services/contracts/record/telling.h"

/* The dated rules and texts of the room. */
#define CONSULTATION_DATED(DATED)                                                                                      \
        DATED(CONSULTATION, "consultation", contracts__consultation_rules__descriptor)                                 \
        DATED(CONSULTATION_TEXTS, "consultation_texts", contracts__text_library__descriptor)
CONSULTATION_DATED(DATED_NUMBER)

struct reply handle_open_consultation(struct work *work, const ProtobufCMessage *message);
struct reply handle_postpone_offers(struct work *work, const ProtobufCMessage *message);
struct reply handle_record_question(struct work *work, const ProtobufCMessage *message);
struct reply handle_draft_answer(struct work *work, const ProtobufCMessage *message);
struct reply handle_send_answer(struct work *work, const ProtobufCMessage *message);
struct reply handle_publish_answer(struct work *work, const ProtobufCMessage *message);
struct reply handle_set_question_aside(struct work *work, const ProtobufCMessage *message);
struct reply handle_consultation(struct work *work, const ProtobufCMessage *message);
struct reply handle_published_answers(struct work *work, const ProtobufCMessage *message);

void apply_consultation_opened(const struct change *change, const Contracts__Event *event);
void tell_consultation_opened(struct telling *telling, const Contracts__Event *event);
void apply_offers_postponed(const struct change *change, const Contracts__Event *event);
void tell_offers_postponed(struct telling *telling, const Contracts__Event *event);
void apply_question_recorded(const struct change *change, const Contracts__Event *event);
void tell_question_recorded(struct telling *telling, const Contracts__Event *event);
void apply_answer_drafted(const struct change *change, const Contracts__Event *event);
void tell_answer_drafted(struct telling *telling, const Contracts__Event *event);
void apply_answer_sent(const struct change *change, const Contracts__Event *event);
void tell_answer_sent(struct telling *telling, const Contracts__Event *event);
void apply_answer_published(const struct change *change, const Contracts__Event *event);
void tell_answer_published(struct telling *telling, const Contracts__Event *event);
void apply_question_set_aside(const struct change *change, const Contracts__Event *event);
void tell_question_set_aside(struct telling *telling, const Contracts__Event *event);

void consultation_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply);

#endif
