/* handlers.h: one function for each command and query of proto/contracts, in the file of its name. Called by the
 * runtime through dispatch.c, which has checked the role; `message` is of the row's method. */
#ifndef SERVICES_CONTRACTS_HANDLERS_HANDLERS_H
#define SERVICES_CONTRACTS_HANDLERS_HANDLERS_H

#include "common/service/work.h"

struct reply handle_import_contract(struct work *work, const ProtobufCMessage *message);
struct reply handle_put_clause(struct work *work, const ProtobufCMessage *message);
struct reply handle_record_obligation(struct work *work, const ProtobufCMessage *message);
struct reply handle_declare_need(struct work *work, const ProtobufCMessage *message);

struct reply handle_contract_by_id(struct work *work, const ProtobufCMessage *message);
struct reply handle_contracts(struct work *work, const ProtobufCMessage *message);
struct reply handle_obligation_by_id(struct work *work, const ProtobufCMessage *message);
struct reply handle_obligations(struct work *work, const ProtobufCMessage *message);
struct reply handle_needs(struct work *work, const ProtobufCMessage *message);
struct reply handle_calibrate(struct work *work, const ProtobufCMessage *message);

#endif
