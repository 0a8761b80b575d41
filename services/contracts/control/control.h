/* control.h: control of clauses: calendar of statements, progress, and the ladder that ends in the buyer's decision.
 * One function a message, in the file of its name, called through dispatch.c, which has checked the role; apply_ and
 * tell_ functions are called through events.c. */
#ifndef SERVICES_CONTRACTS_CONTROL_CONTROL_H
#define SERVICES_CONTRACTS_CONTROL_CONTROL_H

#include "services/contracts/record/context.h"
#include "services/contracts/record/telling.h"

/* The dated rules and texts of the room. */
#define CONTROL_DATED(DATED)                                                                                           \
        DATED(CONTROL, "control", contracts__control_rules__descriptor)                                                \
        DATED(CONTROL_TEXTS, "control_texts", contracts__text_library__descriptor)
CONTROL_DATED(DATED_NUMBER)

struct reply handle_put_control_plan(struct work *work, const ProtobufCMessage *message);
struct reply handle_name_responsible(struct work *work, const ProtobufCMessage *message);
struct reply handle_record_statement(struct work *work, const ProtobufCMessage *message);
struct reply handle_record_reminder(struct work *work, const ProtobufCMessage *message);
struct reply handle_open_case(struct work *work, const ProtobufCMessage *message);
struct reply handle_warn_buyer(struct work *work, const ProtobufCMessage *message);
struct reply handle_draft_formal_notice(struct work *work, const ProtobufCMessage *message);
struct reply handle_serve_formal_notice(struct work *work, const ProtobufCMessage *message);
struct reply handle_record_observations(struct work *work, const ProtobufCMessage *message);
struct reply handle_propose_penalty(struct work *work, const ProtobufCMessage *message);
struct reply handle_decide_case(struct work *work, const ProtobufCMessage *message);
struct reply handle_record_buyer_decision(struct work *work, const ProtobufCMessage *message);
struct reply handle_close_case(struct work *work, const ProtobufCMessage *message);
struct reply handle_declare_difficulty(struct work *work, const ProtobufCMessage *message);
struct reply handle_decide_relief(struct work *work, const ProtobufCMessage *message);
struct reply handle_resume_execution(struct work *work, const ProtobufCMessage *message);
struct reply handle_end_contract(struct work *work, const ProtobufCMessage *message);
struct reply handle_issue_attestation(struct work *work, const ProtobufCMessage *message);
struct reply handle_late_statements(struct work *work, const ProtobufCMessage *message);
struct reply handle_progress(struct work *work, const ProtobufCMessage *message);
struct reply handle_case_by_id(struct work *work, const ProtobufCMessage *message);
struct reply handle_cases(struct work *work, const ProtobufCMessage *message);
struct reply handle_final_statement(struct work *work, const ProtobufCMessage *message);

void apply_control_plan_put(const struct change *change, const Contracts__Event *event);
void tell_control_plan_put(struct telling *telling, const Contracts__Event *event);
void apply_responsible_named(const struct change *change, const Contracts__Event *event);
void tell_responsible_named(struct telling *telling, const Contracts__Event *event);
void apply_statement_received(const struct change *change, const Contracts__Event *event);
void tell_statement_received(struct telling *telling, const Contracts__Event *event);
void apply_reminder_sent(const struct change *change, const Contracts__Event *event);
void tell_reminder_sent(struct telling *telling, const Contracts__Event *event);
void apply_case_opened(const struct change *change, const Contracts__Event *event);
void tell_case_opened(struct telling *telling, const Contracts__Event *event);
void apply_buyer_warned(const struct change *change, const Contracts__Event *event);
void tell_buyer_warned(struct telling *telling, const Contracts__Event *event);
void apply_formal_notice_drafted(const struct change *change, const Contracts__Event *event);
void tell_formal_notice_drafted(struct telling *telling, const Contracts__Event *event);
void apply_formal_notice_served(const struct change *change, const Contracts__Event *event);
void tell_formal_notice_served(struct telling *telling, const Contracts__Event *event);
void apply_observations_received(const struct change *change, const Contracts__Event *event);
void tell_observations_received(struct telling *telling, const Contracts__Event *event);
void apply_penalty_proposed(const struct change *change, const Contracts__Event *event);
void tell_penalty_proposed(struct telling *telling, const Contracts__Event *event);
void apply_case_decided(const struct change *change, const Contracts__Event *event);
void tell_case_decided(struct telling *telling, const Contracts__Event *event);
void apply_case_closed(const struct change *change, const Contracts__Event *event);
void tell_case_closed(struct telling *telling, const Contracts__Event *event);
void apply_difficulty_declared(const struct change *change, const Contracts__Event *event);
void tell_difficulty_declared(struct telling *telling, const Contracts__Event *event);
void apply_relief_decided(const struct change *change, const Contracts__Event *event);
void tell_relief_decided(struct telling *telling, const Contracts__Event *event);
void apply_execution_resumed(const struct change *change, const Contracts__Event *event);
void tell_execution_resumed(struct telling *telling, const Contracts__Event *event);
void apply_contract_ended(const struct change *change, const Contracts__Event *event);
void tell_contract_ended(struct telling *telling, const Contracts__Event *event);
void apply_attestation_issued(const struct change *change, const Contracts__Event *event);
void tell_attestation_issued(struct telling *telling, const Contracts__Event *event);

#endif
