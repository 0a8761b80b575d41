/* handlers.h: the handlers of the directory's commands and queries, one file each, named after the method. Called by
 * the dispatcher, which has read and validated the message and checked the role. */
#ifndef SERVICES_DIRECTORY_HANDLERS_HANDLERS_H
#define SERVICES_DIRECTORY_HANDLERS_HANDLERS_H

#include "common/service/work.h"

struct reply handle_put_organisation(struct work *work, const ProtobufCMessage *message);
struct reply handle_close_organisation(struct work *work, const ProtobufCMessage *message);
struct reply handle_organisation_by_id(struct work *work, const ProtobufCMessage *message);
struct reply handle_organisations(struct work *work, const ProtobufCMessage *message);
struct reply handle_counts_by_kind(struct work *work, const ProtobufCMessage *message);

#endif
