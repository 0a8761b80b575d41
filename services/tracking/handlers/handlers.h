/* handlers.h: one function per command or query of proto/tracking, named after it, each in the file of its name: load,
 * ask the rules, record. The dispatcher has checked the role; whose data it is (territory, organisation) is checked
 * here. Called by the engine only, from the rows of dispatch.c. */
#ifndef SERVICES_TRACKING_HANDLERS_HANDLERS_H
#define SERVICES_TRACKING_HANDLERS_HANDLERS_H

#include "common/service/work.h"

struct reply handle_refer_beneficiary(struct work *work, const ProtobufCMessage *message);
struct reply handle_open_beneficiary_file(struct work *work, const ProtobufCMessage *message);
struct reply handle_decide_eligibility(struct work *work, const ProtobufCMessage *message);
struct reply handle_open_placement(struct work *work, const ProtobufCMessage *message);
struct reply handle_submit_hours(struct work *work, const ProtobufCMessage *message);
struct reply handle_validate_hours(struct work *work, const ProtobufCMessage *message);
struct reply handle_record_invoice(struct work *work, const ProtobufCMessage *message);
struct reply handle_end_placement(struct work *work, const ProtobufCMessage *message);
struct reply handle_placement_by_id(struct work *work, const ProtobufCMessage *message);
struct reply handle_placements(struct work *work, const ProtobufCMessage *message);
struct reply handle_beneficiaries(struct work *work, const ProtobufCMessage *message);
struct reply handle_file_readings(struct work *work, const ProtobufCMessage *message);
struct reply handle_hours_by_month(struct work *work, const ProtobufCMessage *message);

#endif
