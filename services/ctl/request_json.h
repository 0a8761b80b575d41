/* request_json.h: a request of `call`, as a person writes it. What JSON wants (common/codec/json.h) is taken as it is;
 * beside it amounts, shares, hours and days as French writes them (typed.h), values of enums in small letters or in
 * their French words, a SIRET with its blanks, and things of contracts by number or words instead of an id (find.h). */
#ifndef SERVICES_CTL_REQUEST_JSON_H
#define SERVICES_CTL_REQUEST_JSON_H

#include "services/ctl/session.h"

/* In the arena; NULL after a complaint that names the field, as JSON spells it, and how to write it. */
ProtobufCMessage *request_of_json(struct session *session, const char *text, const ProtobufCMessageDescriptor *type,
                                  struct arena *arena);

#endif
